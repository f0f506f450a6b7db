import { type DeclaredGadget, isPertyError, messageOf } from '@pertybot/core';
import {
  BotFileEditor,
  defaultId,
  FolderPluginLoader,
  firstPartyPlugins,
  packageNames,
  readBotFileText,
  writeBotFileSchema,
} from '@pertybot/core/host';
import { editorConfigSchema, type ForeignKinds, Gadgets, Gpio } from '@pertybot/plugin-gpio';
import { lookingPatience, whileWatched } from '../bot-process/looking.js';
import { readNote } from '../notes/note-files.js';
import { besidePertybot, makeStateFolder } from './bot-folder.js';
import { toFolderError } from './folder-error.js';

/** What {@link writeSchema} did. */
export interface WrittenSchema {
  /** Path of the schema. */
  readonly file: string;
  /** Plugins that could not be loaded. */
  readonly left: readonly LeftOut[];
}

/** A plugin of which an editor knows nothing. */
export interface LeftOut {
  readonly use: string;
  readonly why: string;
  readonly hint: string | undefined;
  /** Whether it is there and did not load in time, so that the same command may bring it later. */
  readonly isLate: boolean;
}

/** Of an import that the machine had no time for; what stands in the error is for whoever wrote the plugin. */
const busyHint = 'Run "pertybot schema" again when this machine has less to do.';

/**
 * Says why a plugin is left out; nothing of one of ours that is neither in plugins.yaml nor installed.
 * @param isListed whether plugins.yaml has it
 */
export function leftOut(use: string, error: unknown, isListed: boolean): LeftOut | undefined {
  const { code, hint } = isPertyError(error) ? error : {};
  if (!isListed && code === 'PLUGIN_NOT_INSTALLED') return undefined;
  const isLate = code === 'PLUGIN_LOAD_TIMEOUT';
  const isOurs = firstPartyPlugins.includes(use);
  return { use, why: messageOf(error), hint: isLate && isOurs ? busyHint : hint, isLate };
}

/** Writes the JSON Schema of a bot's plugins.yaml, from its plugins and from those of PertyBot. */
export function writeSchema(folder: string): Promise<WrittenSchema> {
  return whileWatched(() => write(folder));
}

async function write(folder: string): Promise<WrittenSchema> {
  const loader = new FolderPluginLoader({
    folder,
    resolveFrom: besidePertybot,
    ...lookingPatience,
  });
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  // To load a plugin is to run it, which nobody wants of one that is disabled.
  const listed = entries.filter(({ enabled }) => enabled).map(({ use }) => use);
  const uses = new Set([...listed, ...firstPartyPlugins]);
  const left: LeftOut[] = [];
  const described = await Promise.all(
    [...uses].map(async (use) => {
      try {
        const { plugin } = await loader.load(use);
        return [{ uses: [...new Set([use, ...packageNames(use)])], plugin }];
      } catch (error) {
        const told = leftOut(use, error, listed.includes(use));
        if (told) left.push(told);
        return [];
      }
    }),
  );
  await makeStateFolder(folder);
  const plugins = described.flat();
  const used = plugins.filter(({ uses: [use = ''] }) => listed.includes(use));
  const foreign = await foreignKinds(folder, used, left.length > 0);
  const told = plugins.map(({ uses: names, plugin }) => ({
    uses: names,
    plugin: plugin.provides?.includes(Gpio)
      ? { ...plugin, config: editorConfigSchema(foreign) }
      : plugin,
  }));
  try {
    return { file: await writeBotFileSchema(folder, told), left };
  } catch (cause) {
    throw toFolderError('".pertybot/plugins.schema.json" cannot be written', cause);
  }
}

type Described = Parameters<typeof writeBotFileSchema>[1][number];

/** Kinds of gadgets that the bot's plugins say they bring, or brought when they ran last. */
async function foreignKinds(
  folder: string,
  plugins: readonly Described[],
  isUnknown: boolean,
): Promise<ForeignKinds> {
  const kinds = new Map<string, DeclaredGadget>();
  let mayBeMore = isUnknown;
  for (const {
    uses: [use = ''],
    plugin,
  } of plugins) {
    if (plugin.provides?.includes(Gpio)) continue;
    const note = await readNote(folder, defaultId(use));
    for (const type of note?.kinds ?? []) kinds.set(type, { type });
    for (const kind of plugin.gadgets ?? []) kinds.set(kind.type, kind);
    const brings = Object.values(plugin.needs ?? {}).includes(Gadgets);
    if (brings && note === undefined && plugin.gadgets === undefined) mayBeMore = true;
  }
  return { kinds: [...kinds.values()], mayBeMore };
}
