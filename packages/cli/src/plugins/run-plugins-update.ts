import { join } from 'node:path';
import { BotFileEditor, packageNames, readBotFileText } from '@pertybot/core/host';
import { interruptible } from '../bot-process/shutdown.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { describeUpdate } from './describe-plugin.js';
import { inspectPlugin } from './inspect-plugin.js';
import { readManifest } from './package-manifest.js';
import { changePlugins, type PluginChange } from './plugin-change.js';
import { isOwnPackage } from './plugin-request.js';

/** A package that is another version than before. */
export interface UpdatedPackage {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A package that stays as it is, since its newest version wants another core. */
interface HeldPackage {
  readonly name: string;
  readonly version: string;
  readonly why: string;
}

interface Update {
  readonly updated: readonly UpdatedPackage[];
  readonly held: readonly HeldPackage[];
}

/** A plugin of plugins.yaml that npm installed. */
interface InstalledPlugin {
  readonly use: string;
  readonly name: string;
}

/** What `pertybot plugins update` was told. */
export interface RunPluginsUpdateOptions {
  readonly folder: string;
  /** Updates without asking. */
  readonly yes: boolean;
  print(text: string): void;
}

/** Brings plugins up to date and tells what changed; when one does not load any more, nothing does. */
export async function runPluginsUpdate(
  wanted: readonly string[],
  { folder, yes, print }: RunPluginsUpdateOptions,
): Promise<void> {
  const prompt = new TerminalPrompt();
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  const options = { folder, command: 'pertybot plugins update', tell };
  // Nobody who is not there says yes.
  const confirmer = (signal: AbortSignal) => async () =>
    yes || (prompt.isInteractive && prompt.confirm('Take them?', signal));
  const { updated, held } = await interruptible((signal) =>
    changePlugins({ ...options, signal }, (change) =>
      updatePlugins(wanted, { folder, change, signal, tell, confirm: confirmer(signal) }),
    ),
  );
  const style = styleFor(process.stdout);
  for (const { name, from, to } of updated) {
    print(`${style.green('✓')} ${name} ${from} → ${style.bold(to)}`);
  }
  for (const { name, version, why } of held) {
    print(`${style.yellow('!')} ${name} stays at ${version}: ${why}`);
  }
  print(
    updated.length === 0
      ? 'Every plugin is as new as package.json and PertyBot let it be.'
      : 'A bot that runs takes them at its next start.',
  );
}

interface Updating {
  readonly folder: string;
  readonly change: PluginChange;
  readonly signal: AbortSignal;
  tell(text: string): void;
  /** Asks whether the new versions, which were told, are wanted. */
  confirm(): Promise<boolean>;
}

async function updatePlugins(
  wanted: readonly string[],
  { folder, change, signal, tell, confirm }: Updating,
): Promise<Update> {
  const plugins = choose(await installedPlugins(folder), wanted);
  const names = [...new Set(plugins.map(({ name }) => name))];
  if (names.length === 0) return { updated: [], held: [] };
  const manifestOf = (name: string) => readManifest(join(folder, 'node_modules', name));
  const before = new Map(names.map((name) => [name, manifestOf(name)]));
  tell(`Updating ${names.join(', ')} …`);
  // npm keeps to the ranges of package.json, and to those of core that the plugins name.
  await change.npm(['update', '--save', ...names]);
  const updated = names.flatMap((name) => {
    const from = before.get(name)?.version ?? 'missing';
    const to = manifestOf(name)?.version ?? 'missing';
    return from === to ? [] : [{ name, from, to }];
  });
  // Nothing of a new version runs before its owner has said yes.
  for (const each of updated) {
    tell(describeUpdate(each, before.get(each.name), manifestOf(each.name)));
  }
  const foreign = updated.filter(({ name }) => !isOwnPackage(name));
  if (foreign.length > 0 && !(await confirm())) {
    signal.throwIfAborted();
    throw new CliError('CLI_PLUGIN_UNCONFIRMED', 'Nothing was updated.', {
      hint: 'Answer y, or give --yes, to update.',
    });
  }
  const held: HeldPackage[] = [];
  for (const { name, from, to } of updated) {
    const inspection = await inspectPlugin(name, folder, signal);
    if (inspection.ok) continue;
    if (inspection.code !== 'PLUGIN_CORE_MISMATCH') throw refuse(name, to, inspection.message);
    held.push({ name, version: from, why: inspection.message });
  }
  // npm looks at the ranges of package.json, and lets a plugin come that wants another core.
  if (held.length > 0) {
    await change.npm([
      'install',
      '--save',
      ...held.map(({ name, version }) => `${name}@${version}`),
    ]);
  }
  const isHeld = ({ name }: UpdatedPackage) => held.some((each) => each.name === name);
  return { updated: updated.filter((each) => !isHeld(each)), held };
}

function refuse(name: string, version: string, why: string): CliError {
  return new CliError('CLI_PLUGIN_REFUSED', `"${name}" ${version} cannot be used: ${why}`, {
    hint: 'Stay with the version that you have, and tell its author.',
  });
}

async function installedPlugins(folder: string): Promise<readonly InstalledPlugin[]> {
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  const installed = readManifest(folder)?.dependencies ?? {};
  return entries.flatMap(({ use }) => {
    const name = packageNames(use).find((each) => each in installed);
    // What a checkout packed comes from there again; the registry may not even have it.
    if (name === undefined || isPacked(name, installed[name])) return [];
    return [{ use, name }];
  });
}

function isPacked(name: string, spec = ''): boolean {
  return isOwnPackage(name) && spec.startsWith('file:');
}

function choose(
  plugins: readonly InstalledPlugin[],
  wanted: readonly string[],
): readonly InstalledPlugin[] {
  const isMeant = ({ use, name }: InstalledPlugin, word: string) =>
    use === word || name === word || packageNames(word).includes(name);
  const unknown = wanted.find((word) => !plugins.some((plugin) => isMeant(plugin, word)));
  if (unknown !== undefined) {
    const names = plugins.map(({ name }) => name).join(', ');
    throw new CliError('CLI_PLUGIN_UNKNOWN', `npm installed no plugin "${unknown}" here.`, {
      hint: names === '' ? 'It installed none for this bot.' : `It installed ${names}.`,
    });
  }
  if (wanted.length === 0) return plugins;
  return plugins.filter((plugin) => wanted.some((word) => isMeant(plugin, word)));
}
