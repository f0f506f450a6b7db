import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messageOf } from '@pertybot/core';
import { BotFileEditor, botFileName, readBotFileText } from '@pertybot/core/host';
import { makeStateFolder } from '../bot-folder/bot-folder.js';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { takeBotLock } from '../bot-process/bot-lock.js';
import { BotFolderMemory } from './bot-folder-memory.js';
import { runNpm } from './npm.js';
import { readManifest } from './package-manifest.js';

/** How {@link changePlugins} works. */
export interface PluginChangeOptions {
  readonly folder: string;
  /** Command that makes the change, such as `pertybot plugins add`. */
  readonly command: string;
  /** Fires when the owner interrupts it. */
  readonly signal: AbortSignal;
  /** Whether packages may run their install scripts. @default false */
  readonly allowScripts?: boolean;
  /** Tells the owner what is going on. */
  tell(text: string): void;
}

/** What a change may do to the packages of the bot. */
export interface PluginChange {
  /** Runs npm in the bot's folder. */
  npm(words: readonly string[]): Promise<string>;
}

/**
 * Changes the plugins of a bot wholly or not at all: when `work` throws, or is interrupted, plugins.yaml,
 * package.json, the lock file and the installed packages are as they were.
 */
export async function changePlugins<Result>(
  options: PluginChangeOptions,
  work: (change: PluginChange) => Promise<Result>,
): Promise<Result> {
  const { folder, command, signal } = options;
  await readBotFileText(folder);
  const lock = await takeBotLock(await makeStateFolder(folder), command, 'plugins');
  try {
    await recover(options);
    const memory = await BotFolderMemory.take(folder);
    const npm = new BotFolderNpm(options);
    try {
      const result = await work(npm);
      signal.throwIfAborted();
      await memory.forget();
      return result;
    } catch (error) {
      await putBack(memory, options, npm.used).catch((cause: unknown) => {
        options.tell(`Not everything could be put back: ${messageOf(cause)}`);
        options.tell('The next pertybot plugins add, remove or update will do it first.');
      });
      throw error;
    }
  } finally {
    await lock.release();
  }
}

/** npm in a bot's folder; it knows whether it was used. */
class BotFolderNpm implements PluginChange {
  used = false;

  constructor(private readonly options: PluginChangeOptions) {}

  async npm(words: readonly string[]): Promise<string> {
    const { folder, signal, allowScripts = false } = this.options;
    this.used = true;
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) {
      // Without one npm would install into whatever folder above has one.
      const name =
        basename(folder)
          .toLowerCase()
          .replace(/[^a-z0-9-]+/g, '-') || 'bot';
      await writeFileWhole(
        manifest,
        `${JSON.stringify({ name, private: true, type: 'module' }, null, 2)}\n`,
      );
    }
    // In a root of workspaces npm takes their packages for missing peers. Core checks its own version.
    const isRoot = readManifest(folder)?.workspaces !== undefined;
    const flags = isRoot ? ['--legacy-peer-deps'] : [];
    // A service may write nowhere but in the folder of its bot.
    const isService = process.env.PERTYBOT_SERVICE !== undefined;
    const cache = isService ? [`--cache=${join(folder, '.pertybot', 'npm')}`] : [];
    return runNpm([...words, ...flags, ...cache], { folder, signal, allowScripts });
  }
}

/** Undoes what a process before this one left half done. */
async function recover(options: PluginChangeOptions): Promise<void> {
  const left = await BotFolderMemory.leftIn(options.folder);
  if (left === undefined) return;
  options.tell('An earlier change of the plugins was cut off; putting things back first.');
  await putBack(left, options, true);
}

async function putBack(
  memory: BotFolderMemory,
  { folder, tell }: PluginChangeOptions,
  usedNpm: boolean,
): Promise<void> {
  await memory.restore();
  if (usedNpm) {
    tell('Putting everything back as it was …');
    await restoreModules(memory, folder).catch(() =>
      tell('npm could not tidy up node_modules; run npm install in the bot’s folder.'),
    );
    await memory.restore();
  }
  await memory.forget();
}

async function restoreModules(memory: BotFolderMemory, folder: string): Promise<void> {
  if (!memory.hadModules) {
    await rm(join(folder, 'node_modules'), { recursive: true, force: true });
  } else if (memory.hadManifest) {
    await runNpm(['install', ...(memory.hadLock ? [] : ['--no-package-lock'])], { folder });
  }
}

/**
 * Edits the plugins.yaml of a folder; when `edit` throws, it stays as it is.
 * @throws ConfigError when it cannot be read
 */
export async function editBotFile<Result>(
  folder: string,
  edit: (editor: BotFileEditor) => Result,
): Promise<Result> {
  // For what it says of a file that cannot be read. A byte order mark, which it drops, has to stay.
  await readBotFileText(folder);
  const file = join(folder, botFileName);
  const text = await readFile(file, 'utf8');
  const editor = new BotFileEditor(text);
  const result = edit(editor);
  if (editor.toString() !== text) await writeFileWhole(file, editor.toString());
  return result;
}
