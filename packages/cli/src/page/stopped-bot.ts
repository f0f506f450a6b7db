import { join } from 'node:path';
import {
  Bot,
  type BotReport,
  findProblems,
  type LogTail,
  type OwnerControl,
  type OwnerOutcome,
  readWrittenEntries,
  silentLogger,
} from '@pertybot/core/host';
import { EstopLatch } from '@pertybot/plugin-gpio';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { engageEstop, releaseEstop } from '../estop/run-estop.js';
import { BotLoginDesk } from './bot-login-desk.js';
import { FolderFileDesk } from './folder-file-desk.js';
import { FolderPluginDesk } from './folder-plugin-desk.js';

const nobody = async (): Promise<OwnerOutcome> => ({ done: false, text: 'No bot runs.' });

const noLog: LogTail = { lines: [], onLine: () => () => {} };

/** What can be asked of a bot that does not run: its file, and the stop, which needs nobody. */
export class StoppedBot implements OwnerControl {
  readonly file: FolderFileDesk;
  readonly plugins: FolderPluginDesk;
  readonly logins: BotLoginDesk;
  readonly log = noLog;
  readonly say = nobody;
  readonly drive = nobody;
  readonly restart = nobody;
  readonly on = () => () => {};
  private readonly since = new Date().toISOString();

  constructor(private readonly folder: string) {
    const options = { folder, logger: silentLogger, resolveFrom: besidePertybot };
    this.file = new FolderFileDesk(folder, { problemsOf: (text) => findProblems(options, text) });
    this.plugins = new FolderPluginDesk(folder, this.file);
    this.logins = new BotLoginDesk(() => Bot.load(options));
  }

  async report(): Promise<BotReport> {
    const entries = await readWrittenEntries(this.folder).catch(() => []);
    const estop = new EstopLatch(join(this.folder, '.pertybot')).read()?.by;
    return {
      command: 'pertybot page',
      since: this.since,
      state: 'not running',
      prefix: '!',
      channels: [],
      plugins: entries.map(({ id, use, enabled }) => {
        const state = enabled ? 'not running' : 'disabled';
        return { id, use, about: '', state, commands: [] };
      }),
      gadgets: [],
      outputs: [],
      inputs: [],
      ...(estop !== undefined && { estop }),
    };
  }

  async stop(): Promise<OwnerOutcome> {
    const { complete, text } = await engageEstop(this.folder);
    return { done: complete, text };
  }

  async release(): Promise<OwnerOutcome> {
    return { done: true, text: await releaseEstop(this.folder) };
  }
}
