import { uptime } from 'node:os';
import type { BotEvents, Undo } from '@pertybot/core';
import {
  type Bot,
  type BotFileDesk,
  type BotReport,
  type LoginDesk,
  type LogTail,
  type OwnerControl,
  type OwnerOutcome,
  type PluginDesk,
  type Rehearsal,
  type ReloadResult,
} from '@pertybot/core/host';
import type { BotControl } from '../control/bot-control.js';
import { BotLoginDesk } from './bot-login-desk.js';
import { FolderFileDesk } from './folder-file-desk.js';
import { FolderPluginDesk } from './folder-plugin-desk.js';

/** How long a release may take until nobody waits for it, seconds. */
const releaseLimit = 10;

/** What is served by an {@link OwnerDesk}. */
export interface ServedBot {
  readonly bot: Bot;
  readonly requests: BotControl;
  readonly rehearsal?: Rehearsal;
  /** Told of reloads that the owner's edits cause. */
  onReload?(result: ReloadResult): void;
}

/** The owner's requests of a bot that is still being loaded when its plugins are given this. */
export class OwnerDesk implements OwnerControl {
  readonly file: BotFileDesk;
  readonly plugins: PluginDesk;
  readonly logins: LoginDesk = new BotLoginDesk(async () => this.now.bot);
  private served: ServedBot | undefined;

  constructor(
    folder: string,
    readonly log: LogTail,
  ) {
    this.file = new FolderFileDesk(folder, {
      problemsOf: (text) => this.now.bot.problemsOf(text),
      reload: () => this.reload(),
    });
    this.plugins = new FolderPluginDesk(folder, this.file);
  }

  /** From now on the requests go to this bot. */
  serve(served: ServedBot): void {
    this.served = served;
  }

  get rehearsal(): Rehearsal | undefined {
    return this.served?.rehearsal;
  }

  async report(): Promise<BotReport> {
    return this.now.requests.status();
  }

  say(text: string): Promise<OwnerOutcome> {
    return this.now.requests.say(text);
  }

  stop(by: string): Promise<OwnerOutcome> {
    return this.now.requests.stopAll({ ask: 'estop', engage: true, by });
  }

  release(): Promise<OwnerOutcome> {
    const until = uptime() + releaseLimit;
    return this.now.requests.stopAll({ ask: 'estop', engage: false, until });
  }

  drive(gadget: string, action: string): Promise<OwnerOutcome> {
    return this.now.requests.drive(gadget, action);
  }

  restart(plugin: string): Promise<OwnerOutcome> {
    return this.now.requests.restart(plugin);
  }

  on(event: string, listener: (data: unknown) => void): Undo {
    // A name that no plugin of this bot emits is never told.
    return this.now.bot.overhear(event as keyof BotEvents, listener);
  }

  /** At once, so that who saved a file is told what became of it; the watch of the file then finds nothing new. */
  private async reload(): Promise<ReloadResult> {
    const { bot, onReload } = this.now;
    const result = await bot.reload();
    onReload?.(result);
    return result;
  }

  private get now(): ServedBot {
    if (this.served === undefined) throw new TypeError('The bot is still being loaded.');
    return this.served;
  }
}
