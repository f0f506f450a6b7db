import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { errorCodeOf, isPertyError, messageOf } from '@pertybot/core';
import { FolderPluginLoader } from '@pertybot/core/host';
import { ownVersion } from '../bot-folder/own-package.js';
import { type TemplateFile, writeNewFile } from '../bot-folder/write-files.js';
import { writeSchema } from '../bot-folder/write-schema.js';
import { interruptible } from '../bot-process/shutdown.js';
import { runNpm } from '../plugins/npm.js';
import { CliError, type CliErrorCode } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { flow } from '../terminal/text.js';
import { askForBot, type NewBotFlags } from './ask-for-bot.js';
import { botTemplate } from './bot-template.js';

/** What `pertybot init` was told. */
export interface RunInitOptions {
  readonly folder: string;
  readonly bot: NewBotFlags;
  /** Takes the default for all that is not said. */
  readonly yes: boolean;
  readonly install: boolean;
  print(text: string): void;
}

/** How long a list of files may be. */
const columns = 68;

/** Makes a bot folder, and tells what to do next. */
export async function runInit(options: RunInitOptions): Promise<void> {
  const { folder, yes, install, print } = options;
  const prompt = new TerminalPrompt();
  const bot = await askForBot(options.bot, prompt, !yes && prompt.isInteractive);
  const name =
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-') || 'bot';
  const { written, kept } = await createBot(folder, botTemplate(bot, name, ownVersion()));
  const style = styleFor(process.stdout);
  const list = (names: readonly string[]) => flow(names, ', ', columns).join(',\n    ');
  print(`${style.green('✓')} Wrote ${list(written)}.`);
  if (kept.length > 0) print(`  Kept ${list(kept)} as it was.`);
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  if (install && (await installBot(folder, tell))) {
    print(`${style.green('✓')} Installed PertyBot.`);
  }
  // For the editor; a bot without it runs as well.
  await writeSchema(folder).catch(() => undefined);
  const way = relative(process.cwd(), folder);
  print('\nNext:');
  if (way !== '') print(`  ${style.cyan(`cd ${way}`)}`);
  print(`  ${style.cyan('npx pertybot dev')}    tries it, without an account and without wires`);
  print(`  ${style.cyan('npx pertybot login')}  logs it in, once .env is filled in`);
}

/** What {@link createBot} did with each file. */
interface CreatedBot {
  readonly written: readonly string[];
  /** Files that were there already, and stayed as they are. */
  readonly kept: readonly string[];
}

/**
 * Writes the files of a new bot. Nothing is ever overwritten.
 * @throws CliError CLI_BOT_EXISTS when the folder holds a bot
 * @throws CliError CLI_FOLDER_LOCKED when it cannot be written
 */
async function createBot(folder: string, files: readonly TemplateFile[]): Promise<CreatedBot> {
  if (existsSync(join(folder, 'plugins.yaml'))) {
    throw new CliError('CLI_BOT_EXISTS', `"${folder}" holds a bot already.`, {
      hint: 'Name another folder, or run pertybot dev there.',
    });
  }
  const written: string[] = [];
  const kept: string[] = [];
  for (const file of files) {
    const isNew = await writeNewFile(folder, file);
    (isNew ? written : kept).push(file.path);
  }
  return { written, kept };
}

/** The plugins that every new bot uses. */
const plugins = ['oauth', 'irc', 'gpio', 'texts'] as const;

/**
 * Installs PertyBot into the folder of a new bot, unless all that it uses is found from there already.
 * @param tell hears that it begins, for it takes a while
 * @returns whether anything had to be installed
 * @throws CliError CLI_NPM_FAILED, CLI_INTERRUPTED, or CLI_PLUGIN_REFUSED when a plugin that is there
 * does not load
 */
async function installBot(folder: string, tell: (text: string) => void): Promise<boolean> {
  if (await isInstalled(folder)) return false;
  try {
    await interruptible((signal) => {
      tell('Installing PertyBot …');
      return runNpm(['install'], { folder, signal });
    });
  } catch (error) {
    throw toInstallError(error, folder);
  }
  await isInstalled(folder);
  return true;
}

async function isInstalled(folder: string): Promise<boolean> {
  const loader = new FolderPluginLoader({ folder });
  for (const use of plugins) {
    try {
      await loader.load(use);
    } catch (error) {
      if (errorCodeOf(error) === 'PLUGIN_NOT_INSTALLED') return false;
      const why = messageOf(error);
      throw new CliError('CLI_PLUGIN_REFUSED', `The bot is written, but cannot run yet: ${why}`, {
        hint: `Install that anew: npm install @pertybot/plugin-${use}. Then run: npx pertybot dev`,
        cause: error,
      });
    }
  }
  return true;
}

function toInstallError(error: unknown, folder: string): CliError {
  const code = (error instanceof CliError ? error.code : 'CLI_NPM_FAILED') satisfies CliErrorCode;
  const message = `The bot is written, but PertyBot is not installed in it. ${messageOf(error)}`;
  const next = `Then run in "${folder}": npm install`;
  const first = code === 'CLI_INTERRUPTED' || !isPertyError(error) ? undefined : error.hint;
  const hint = first === undefined ? next.replace('Then run', 'Run') : `${first} ${next}`;
  return new CliError(code, message, { hint, cause: error });
}
