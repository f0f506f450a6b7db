import { join } from 'node:path';
import { v } from '@pertybot/core';
import { BotFileEditor, packageNames, parseJson, readBotFileText } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';
import type { Style } from '../terminal/style.js';
import { toPlainText, withPlainTexts } from '../terminal/text.js';
import { runNpm } from './npm.js';
import { readManifest } from './package-manifest.js';

/** How a package of the bot stands against the registry. */
export interface PackageAge {
  readonly name: string;
  readonly installed: string;
  /** The newest version; absent where the registry has none, or was not asked. */
  readonly latest?: string;
  /** `packed` came as a file, such as from a checkout; `unpublished` is a package that the registry does not have. */
  readonly state: 'current' | 'outdated' | 'packed' | 'unpublished';
}

/**
 * Asks the registry for newer versions of PertyBot and the plugins of a bot. Changes nothing.
 * @throws CliError CLI_NPM_FAILED when the registry cannot be reached
 */
export async function listOutdated(
  folder: string,
  signal: AbortSignal,
): Promise<readonly PackageAge[]> {
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  const specs = readManifest(folder)?.dependencies ?? {};
  const used = entries.flatMap(({ use }) => packageNames(use).filter((name) => name in specs));
  const names = [...new Set(['pertybot', ...used])];
  const ages = await Promise.all(
    names.map(async (name): Promise<readonly PackageAge[]> => {
      const installed = readManifest(join(folder, 'node_modules', name))?.version;
      if (installed === undefined) return [];
      if (/^(?:file|link):/.test(specs[name] ?? '')) return [{ name, installed, state: 'packed' }];
      const latest = await latestOf(name, folder, signal);
      if (latest === undefined) return [{ name, installed, state: 'unpublished' }];
      const state = isNewer(latest, installed) ? 'outdated' : 'current';
      return [{ name, installed, latest, state }];
    }),
  );
  return ages.flat();
}

async function latestOf(
  name: string,
  folder: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = await runNpm(['view', name, 'version', '--json'], { folder, signal });
    const version = v.safeParse(v.string(), parseJson(answer));
    return version.success ? toPlainText(version.output) : undefined;
  } catch (error) {
    const words = error instanceof CliError ? String(error.cause) : '';
    if (/code E404\b/.test(words)) return undefined;
    throw error;
  }
}

/** Whether a version comes after another one; what follows a dash does not count. */
function isNewer(version: string, than: string): boolean {
  const numbers = (text: string) => (text.split(/[-+]/)[0] ?? '').split('.').map(Number);
  const old = numbers(than);
  for (const [at, number] of numbers(version).entries()) {
    const difference = number - (old[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** The packages for people. */
export function formatOutdated(ages: readonly PackageAge[], style: Style): string {
  if (ages.length === 0) return 'npm installed nothing here: PertyBot runs from elsewhere.';
  const lines = withPlainTexts(ages).map(({ name, installed, latest, state }) => {
    if (state === 'current') return `${style.green('✓')} ${name} ${installed}`;
    if (state === 'packed')
      return `  ${name} ${installed}, from a file: the registry was not asked`;
    if (state === 'unpublished') return `  ${name} ${installed}, which the registry does not have`;
    return `${style.yellow('!')} ${name} ${installed} → ${style.bold(latest ?? '')}`;
  });
  const old = ages.filter(({ state }) => state === 'outdated').map(({ name }) => name);
  const plugins = old.filter((name) => name !== 'pertybot');
  const steps = [
    ...(old.includes('pertybot') ? ['npm install pertybot@latest'] : []),
    ...(plugins.length > 0 ? ['pertybot plugins update'] : []),
  ];
  if (steps.length === 0) return lines.join('\n');
  return [...lines, '', ...steps.map((step) => `Run: ${style.cyan(step)}`)].join('\n');
}
