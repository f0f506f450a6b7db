import { packageNames } from '@pertybot/core/host';
import { interruptible } from '../bot-process/shutdown.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { readManifest } from './package-manifest.js';
import { changePlugins, editBotFile, type PluginChange } from './plugin-change.js';

/**
 * Removes a plugin's entries from plugins.yaml, and its package where nothing else uses it.
 * @param what id of an entry, or what its `use:` says
 * @returns name of the package that was removed
 * @throws CliError CLI_PLUGIN_UNKNOWN when plugins.yaml has no such entry
 */
async function removePlugin(
  what: string,
  folder: string,
  change: PluginChange,
): Promise<string | undefined> {
  const { removed, left } = await editBotFile(folder, (editor) => {
    const before = editor.entries;
    if (editor.remove(what) === 0) throw notListed(what, before);
    const after = editor.entries;
    const gone = before.filter(({ id }) => !after.some((entry) => entry.id === id));
    return { removed: gone, left: after };
  });
  const installed = readManifest(folder)?.dependencies ?? {};
  const stillUsed = new Set(left.flatMap(({ use }) => packageNames(use)));
  const name = removed
    .flatMap(({ use }) => packageNames(use))
    .find((each) => each in installed && !stillUsed.has(each));
  if (name !== undefined) await change.npm(['uninstall', '--save', name]);
  return name;
}

/**
 * Switches a plugin's entries on or off.
 * @throws CliError CLI_PLUGIN_UNKNOWN when plugins.yaml has no such entry
 */
export async function switchPlugin(what: string, folder: string, enabled: boolean): Promise<void> {
  await editBotFile(folder, (editor) => {
    if (editor.setEnabled(what, enabled) === 0) throw notListed(what, editor.entries);
  });
}

function notListed(what: string, entries: readonly { readonly id: string }[]): CliError {
  const ids = entries.map(({ id }) => id).join(', ');
  return new CliError('CLI_PLUGIN_UNKNOWN', `plugins.yaml has no plugin "${what}".`, {
    hint: ids === '' ? 'It lists none.' : `It has ${ids}.`,
  });
}

/** How {@link removeWholly} works. */
export interface RemovePluginOptions {
  readonly folder: string;
  /** Fires when its owner interrupts it. */
  readonly signal: AbortSignal;
  /** Tells the owner what is going on. */
  tell(text: string): void;
}

/**
 * Removes a plugin wholly or not at all, whoever asks.
 * @returns a sentence about it
 * @throws CliError CLI_PLUGIN_UNKNOWN when plugins.yaml has no such entry
 */
export async function removeWholly(what: string, options: RemovePluginOptions): Promise<string> {
  const { folder } = options;
  const uninstalled = await changePlugins(
    { ...options, command: 'pertybot plugins remove' },
    (change) => removePlugin(what, folder, change),
  );
  const also = uninstalled === undefined ? '' : `, and uninstalled ${uninstalled}`;
  return `Took ${what} out of plugins.yaml${also}.`;
}

/** Removes a plugin and tells what was done. */
export async function runPluginsRemove(
  what: string,
  folder: string,
  print: (text: string) => void,
): Promise<void> {
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  const text = await interruptible((signal) => removeWholly(what, { folder, signal, tell }));
  print(`${styleFor(process.stdout).green('✓')} ${text}`);
}
