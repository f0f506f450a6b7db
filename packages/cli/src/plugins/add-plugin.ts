import { resolve } from 'node:path';
import { BotFileEditor, defaultId, packageNames, readBotFileText } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';
import { describeUnloaded, describeUntold } from './describe-plugin.js';
import { inspectPlugin } from './inspect-plugin.js';
import { describeOptions, type InspectedPlugin, type Inspection } from './inspected-plugin.js';
import { readManifest } from './package-manifest.js';
import { editBotFile, type PluginChange } from './plugin-change.js';
import { type PluginRequest, readPluginRequest } from './plugin-request.js';

/** What `plugins add` asks of its owner and tells. */
export interface AddPluginOwner {
  /** Whether somebody can answer. */
  readonly isInteractive: boolean;
  /** Asks whether a guessed package is meant. */
  confirmGuess(name: string, guess: string): Promise<boolean>;
  /**
   * Shows what would be added, and asks.
   * @param isPublished whether it came from the registry just now
   */
  confirmPlugin(plugin: InspectedPlugin, isPublished: boolean): Promise<boolean>;
  tell(text: string): void;
}

/** How {@link addPlugin} works. */
export interface AddPluginOptions {
  readonly folder: string;
  /** Folder from which paths are meant. */
  readonly workingFolder: string;
  /** Id of the new entry. @default made from its name */
  readonly id?: string | undefined;
  readonly owner: AddPluginOwner;
  readonly change: PluginChange;
  readonly signal: AbortSignal;
}

/** A plugin that was added. */
export interface AddedPlugin {
  readonly use: string;
  readonly plugin: InspectedPlugin;
}

/**
 * Installs a plugin if need be, tries it, and adds its entry to plugins.yaml.
 * @throws CliError, or ConfigError when plugins.yaml cannot be read
 */
export async function addPlugin(what: string, options: AddPluginOptions): Promise<AddedPlugin> {
  const { folder, workingFolder, owner, signal } = options;
  const place = {
    folder,
    workingFolder,
    packageNameOf: (path: string) => readManifest(path)?.name,
  };
  const request = readPluginRequest(what, place);
  refuseListed(new BotFileEditor(await readBotFileText(folder)), toUse(request), options.id);
  await confirmGuess(request, owner);
  const { use, installed } = await provide(request, options);
  // Nothing of a package runs before its owner has said yes: what is shown is what its package.json says.
  const told = requireOk(what, await describeUnloaded(use, folder));
  const isPublished = installed && request.kind !== 'files';
  const wanted = request.kind === 'local' || (await owner.confirmPlugin(told, isPublished));
  signal.throwIfAborted();
  if (!wanted) {
    throw new CliError('CLI_PLUGIN_UNCONFIRMED', `"${use}" was not added.`, {
      hint: 'Answer y, or give --yes, to add it.',
    });
  }
  const plugin = requireOk(what, await inspectPlugin(use, folder, signal));
  const more = describeUntold(told, plugin);
  if (request.kind !== 'local' && more !== undefined) owner.tell(more);
  await addEntry(use, plugin, options);
  return { use, plugin };
}

function requireOk(what: string, inspection: Inspection): InspectedPlugin {
  if (inspection.ok) return inspection;
  throw new CliError('CLI_PLUGIN_REFUSED', `"${what}" cannot be added: ${inspection.message}`, {
    hint: inspection.hint,
  });
}

/** A plugin that is in its place. */
interface ProvidedPlugin {
  /** What `use:` has to say. */
  readonly use: string;
  /** Whether npm had to install it. */
  readonly installed: boolean;
}

/** Sees to it that the plugin can be loaded. */
async function provide(request: PluginRequest, options: AddPluginOptions): Promise<ProvidedPlugin> {
  const { folder, owner, change } = options;
  if (request.kind === 'local') return { use: request.use, installed: false };
  if (request.kind === 'package' && request.spec === request.name) {
    const there = await describeUnloaded(request.name, folder);
    if (there.ok || there.code !== 'PLUGIN_NOT_INSTALLED') {
      return { use: toUse(request) ?? request.name, installed: false };
    }
  }
  const spec = request.kind === 'files' ? request.path : request.spec;
  owner.tell(`Installing ${spec} …`);
  const before = readManifest(folder)?.dependencies ?? {};
  await change.npm(['install', '--save', '--install-links', spec]);
  const use =
    request.kind === 'files'
      ? installedFrom(request.path, folder, before)
      : (toUse(request) ?? request.spec);
  return { use, installed: true };
}

/** Name of the package that npm put into package.json for a tarball or a folder. */
function installedFrom(
  path: string,
  folder: string,
  before: Readonly<Record<string, string>>,
): string {
  const after = Object.entries(readManifest(folder)?.dependencies ?? {});
  const isIt = ([, spec]: readonly [string, string]) =>
    spec.startsWith('file:') && resolve(folder, spec.slice('file:'.length)) === path;
  const found = after.find(isIt) ?? after.find(([name, spec]) => before[name] !== spec);
  if (found && /^(?:@pertybot\/|pertybot$)/.test(found[0])) {
    const message = `"${path}" is called "${found[0]}", as only PertyBot’s own packages are.`;
    throw new CliError('CLI_PLUGIN_REFUSED', message, {
      hint: `If you mean PertyBot’s own, run: pertybot plugins add ${found[0]}`,
    });
  }
  if (found && packageNames(found[0]).includes(found[0])) return found[0];
  if (found) {
    const message = `The package is called "${found[0]}", which is no name for a plugin.`;
    throw new CliError('CLI_PLUGIN_REFUSED', message, {
      hint: 'Its author must call it pertybot-plugin-…, or give it a @scope.',
    });
  }
  throw new CliError('CLI_PLUGIN_REFUSED', `npm installed nothing from "${path}".`, {
    hint: 'Check that it is a package made by npm pack.',
  });
}

function toUse(request: PluginRequest): string | undefined {
  if (request.kind === 'local') return request.use;
  if (request.kind === 'files') return undefined;
  if (request.kind === 'short') return request.guess;
  return request.name.replace(/^@pertybot\/plugin-/, '');
}

async function confirmGuess(request: PluginRequest, owner: AddPluginOwner): Promise<void> {
  if (request.kind !== 'short') return;
  const { name, guess } = request;
  if (owner.isInteractive && (await owner.confirmGuess(name, guess))) return;
  throw new CliError('CLI_PLUGIN_UNCONFIRMED', `"${name}" is none of PertyBot’s own plugins.`, {
    hint: `If you mean the package of somebody else, write its full name: pertybot plugins add ${guess}`,
  });
}

function refuseListed(
  { entries }: BotFileEditor,
  use: string | undefined,
  id: string | undefined,
): void {
  const wanted = id ?? (use === undefined ? undefined : defaultId(use));
  const taken = entries.find(
    (entry) => entry.id === wanted || (id === undefined && entry.use === use),
  );
  if (taken === undefined) return;
  const hint = taken.enabled
    ? 'To use it twice, give the second one an id: --id NAME'
    : `It is switched off; run: pertybot plugins enable ${taken.id}`;
  throw new CliError(
    'CLI_PLUGIN_LISTED',
    `"${taken.id}" is in plugins.yaml already, in line ${taken.line}.`,
    { hint },
  );
}

async function addEntry(
  use: string,
  plugin: InspectedPlugin,
  { folder, id }: AddPluginOptions,
): Promise<void> {
  const comment = describeOptions(plugin.options)
    .map((line) => ` ${line}`)
    .join('\n');
  await editBotFile(folder, (editor) => {
    refuseListed(editor, use, id);
    editor.add({ use, ...(id !== undefined && { id }), ...(comment !== '' && { comment }) });
  });
}
