import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ownVersion } from '../bot-folder/own-package.js';
import { type TemplateFile, writeNewFile } from '../bot-folder/write-files.js';
import { writeSchema } from '../bot-folder/write-schema.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { flow } from '../terminal/text.js';
import { askForBot, type NewBotFlags } from './ask-for-bot.js';
import { botTemplate } from './bot-template.js';
import { packagesFolder } from './checkout.js';
import { installBot } from './install-bot.js';

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
  refuseBot(folder);
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
  const how = install ? await installBot(folder, tell) : 'there';
  if (how === 'installed') print(`${style.green('✓')} Installed PertyBot.`);
  if (how === 'packed') {
    print(
      `${style.green('✓')} Packed PertyBot into ${packagesFolder}/, and installed it from there.`,
    );
  }
  // For the editor; a bot without it runs as well.
  await (how === 'there' ? writeSchema(folder) : writeOwnSchema(folder)).catch(() => undefined);
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

/** Has the PertyBot of the folder write its schema: plugins that it has go with its core alone. */
async function writeOwnSchema(folder: string): Promise<void> {
  const program = join(folder, 'node_modules', 'pertybot', 'bin', 'run.js');
  await promisify(execFile)(process.execPath, [program, 'schema'], { cwd: folder });
}

/** @throws CliError CLI_BOT_EXISTS when the folder holds a bot */
function refuseBot(folder: string): void {
  if (!existsSync(join(folder, 'plugins.yaml'))) return;
  throw new CliError('CLI_BOT_EXISTS', `"${folder}" holds a bot already.`, {
    hint: 'Name another folder, or run pertybot dev there.',
  });
}

/**
 * Writes the files of a new bot. Nothing is ever overwritten.
 * @throws CliError CLI_FOLDER_LOCKED when it cannot be written
 */
async function createBot(folder: string, files: readonly TemplateFile[]): Promise<CreatedBot> {
  const written: string[] = [];
  const kept: string[] = [];
  for (const file of files) {
    const isNew = await writeNewFile(folder, file);
    (isNew ? written : kept).push(file.path);
  }
  return { written, kept };
}
