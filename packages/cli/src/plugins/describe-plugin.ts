import { errorCodeOf, isPertyError, messageOf } from '@pertybot/core';
import { resolvePlugin } from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import type { Style } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';
import type { InspectedPlugin, Inspection } from './inspected-plugin.js';
import type { Publication } from './npm.js';
import {
  authorOf,
  installScriptsOf,
  type PackageManifest,
  readManifest,
} from './package-manifest.js';

/** How a plugin came. */
export interface PluginOrigin {
  readonly publication?: Publication | undefined;
  /** Whether its install scripts were allowed to run. @default false */
  readonly scriptsRun?: boolean;
}

/** What its owner should know of a plugin before it is added. */
export function describePlugin(
  plugin: InspectedPlugin,
  { publication, scriptsRun = false }: PluginOrigin,
  style: Style,
): string {
  const folder = plugin.packageFolder;
  const manifest = folder === undefined ? undefined : readManifest(folder);
  const scripts = manifest && installScriptsOf(manifest);
  const title = [plugin.packageName ?? plugin.name, plugin.version].filter(Boolean).join(' ');
  const rows: (readonly [string, string | undefined])[] = [
    ['about', plugin.about],
    ['by', manifest && authorOf(manifest)],
    [
      'published',
      [publication?.on, publication?.by && `by ${publication.by}`].filter(Boolean).join(' '),
    ],
    ['needs', plugin.needs.join(', ')],
    ['provides', plugin.provides.join(', ')],
    ['Twitch scopes', plugin.scopes.join(', ')],
    ['install scripts', scripts && describeScripts(scripts, scriptsRun)],
  ];
  const known = rows.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return [
    style.bold(toPlainText(title)),
    ...known.map(([name, value]) => `  ${name.padEnd(width)}  ${toPlainText(value ?? '')}`),
    style.yellow('  It runs with all the rights of the bot.'),
  ].join('\n');
}

function describeScripts(scripts: readonly string[], run: boolean): string {
  if (scripts.length === 0) return 'none';
  return `${scripts.join(', ')} (${run ? 'allowed to run' : 'not run'})`;
}

/**
 * What the code of a plugin wants that its package.json does not tell, as a sentence.
 * @returns undefined when it tells all of it
 */
export function describeUntold(told: InspectedPlugin, plugin: InspectedPlugin): string | undefined {
  const untold = [
    ...plugin.needs.filter((name) => !told.needs.includes(name)),
    ...plugin.scopes
      .filter((scope) => !told.scopes.includes(scope))
      .map((scope) => `the Twitch scope ${scope}`),
  ];
  if (untold.length === 0) return undefined;
  const name = plugin.packageName ?? plugin.name;
  return toPlainText(
    `${name} also needs ${untold.join(', ')}, which its package.json does not tell.`,
  );
}

/** What is new in a version of a package, a line each. */
export function describeUpdate(
  { name, from, to }: { readonly name: string; readonly from: string; readonly to: string },
  before: PackageManifest | undefined,
  after: PackageManifest | undefined,
): string {
  const news = (title: string, list: (manifest: PackageManifest) => readonly string[]) => {
    const old = before === undefined ? [] : list(before);
    const added = (after === undefined ? [] : list(after)).filter((each) => !old.includes(each));
    return added.length === 0 ? [] : [`  new ${title}: ${toPlainText(added.join(', '))}`];
  };
  return [
    toPlainText(`${name} ${from} → ${to}`),
    ...news('install scripts (not run)', installScriptsOf),
    ...news('Twitch scopes', ({ pertybot }) => pertybot?.scopes ?? []),
    ...news('needs', ({ pertybot }) => pertybot?.needs ?? []),
    ...news('dependencies', ({ dependencies }) => Object.keys(dependencies)),
  ].join('\n');
}

/**
 * What a plugin's package.json says of it, without running any of its code: for one that is disabled, and for one
 * that its owner has not said yes to.
 */
export async function describeUnloaded(use: string, folder: string): Promise<Inspection> {
  try {
    const found = await resolvePlugin(use, { folder, resolveFrom: besidePertybot });
    if (found.kind === 'local') return { ok: true, name: use, ...nothingKnown };
    const { packageName, version, folder: packageFolder } = found;
    const manifest = readManifest(packageFolder);
    const { needs = [], provides = [], scopes = [] } = manifest?.pertybot ?? {};
    return {
      ok: true,
      name: packageName,
      about: manifest?.description,
      packageName,
      version,
      packageFolder,
      needs,
      provides,
      scopes,
      options: [],
    };
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    return { ok: false, code: errorCodeOf(error), message: messageOf(error), hint };
  }
}

const nothingKnown = { needs: [], provides: [], scopes: [], options: [] };
