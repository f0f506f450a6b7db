import { messageOf } from '@pertybot/core';
import {
  BotFileEditor,
  FolderPluginLoader,
  firstPartyPlugins,
  packageNames,
  readBotFileText,
  writeBotFileSchema,
} from '@pertybot/core/host';
import { lookingPatience, whileWatched } from '../bot-process/looking.js';
import { besidePertybot, makeStateFolder } from './bot-folder.js';

/** What {@link writeSchema} did. */
export interface WrittenSchema {
  /** Path of the schema. */
  readonly file: string;
  /** Plugins that could not be loaded. */
  readonly left: readonly { readonly use: string; readonly why: string }[];
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
  const left: { use: string; why: string }[] = [];
  const described = await Promise.all(
    [...uses].map(async (use) => {
      try {
        const { plugin } = await loader.load(use);
        return [{ uses: [...new Set([use, ...packageNames(use)])], plugin }];
      } catch (error) {
        if (listed.includes(use)) left.push({ use, why: messageOf(error) });
        return [];
      }
    }),
  );
  await makeStateFolder(folder);
  return { file: await writeBotFileSchema(folder, described.flat()), left };
}
