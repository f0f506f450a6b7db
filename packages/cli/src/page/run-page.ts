import { join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { readBotFileText } from '@pertybot/core/host';
import {
  drawLink,
  makeOneTime,
  type PageRole,
  readPageKeys,
  servePage,
} from '@pertybot/plugin-dashboard';
import { makeStateFolder } from '../bot-folder/bot-folder.js';
import { endSoon } from '../bot-process/end-soon.js';
import { createLogger } from '../bot-process/logging.js';
import { onShutdown } from '../bot-process/shutdown.js';
import { askBot } from '../control/control-client.js';
import { CliError } from '../terminal/cli-error.js';
import { SystemBrowser } from '../terminal/system-browser.js';
import { StoppedBot } from './stopped-bot.js';

/** What `pertybot page` was told. */
export interface RunPageOptions {
  readonly folder: string;
  readonly role: PageRole;
  /** Whether it is opened where there is a screen. */
  readonly opens: boolean;
  print(text: string): void;
}

/** How long the page may take to show that it is there, milliseconds. */
const patience = 3_000;

/** Lets the owner into the page of the running bot; where none runs, serves one with the editor and the stop. */
export async function runPage(options: RunPageOptions): Promise<void> {
  // Before anything is made in a folder that may not be a bot's.
  await readBotFileText(options.folder);
  const state = await stateOfRunning(options.folder);
  if (state === undefined) return serveAlone(options);
  const keys = await readPageKeys(state);
  if (keys === undefined || !(await isServed(keys.address))) {
    throw new CliError('CLI_PAGE_MISSING', 'The running bot serves no page.', {
      hint: 'Add it to plugins.yaml: pertybot plugins add dashboard.',
    });
  }
  await show(`${keys.address}login?once=${makeOneTime(keys.link, options.role)}`, options);
}

/** @returns undefined where no bot runs, or none that answers */
async function stateOfRunning(folder: string): Promise<string | undefined> {
  try {
    const { command } = await askBot(folder, { ask: 'status' });
    return join(folder, '.pertybot', command === 'pertybot dev' ? 'dev' : '');
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'CLI_BOT_NOT_RUNNING' || code === 'CLI_BOT_SILENT') return undefined;
    throw error;
  }
}

/** A self-signed certificate is no reason to doubt that somebody is there. */
async function isServed(address: string): Promise<boolean> {
  try {
    await fetch(new URL('health', address), { signal: AbortSignal.timeout(patience) });
    return true;
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    return /CERT|SELF_SIGNED/.test(errorCodeOf(cause) ?? '');
  }
}

async function serveAlone(options: RunPageOptions): Promise<void> {
  const { folder, role, print } = options;
  const stateFolder = await makeStateFolder(folder);
  const logger = createLogger({ folder, level: 'warn' });
  const ending = new AbortController();
  const undo = onShutdown(() => ending.abort());
  const config = { host: '127.0.0.1', names: [] };
  const page = await servePage({ config, control: new StoppedBot(folder), logger, stateFolder });
  try {
    print('No bot runs. The page has its file and the emergency stop; Ctrl-C ends it.');
    await show(page.desk.link(role), options);
    const alive = setInterval(() => {}, 60_000);
    await new Promise<void>((resolve) => {
      ending.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    clearInterval(alive);
  } finally {
    undo();
    await page.stop();
    endSoon();
  }
}

async function show(link: string, { opens, print }: RunPageOptions): Promise<void> {
  print(`The page: ${link}`);
  // Where others of the network reach it, a phone may.
  if (new URL(link).hostname !== 'localhost') print(await drawLink(link));
  if (opens && process.stdout.isTTY) await new SystemBrowser().open(link);
}
