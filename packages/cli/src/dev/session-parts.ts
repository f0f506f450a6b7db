import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type Logger, messageOf, type Prompt } from '@pertybot/core';
import { Bot, catchProcessFaults } from '@pertybot/core/host';
import {
  ScriptedBrowser,
  startTwitchSimulator,
  type TwitchSimulator,
} from '@pertybot/twitch-simulator';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import {
  createDevIdentity,
  createDevOverlay,
  describeOverlay,
} from '../bot-process/dev-overlay.js';
import { pagePlugin } from '../bot-process/find-service.js';
import type { OwnerDesk } from '../page/owner-desk.js';
import type { DevEvent } from './dev-event.js';
import { listenToBot, listenToTwitch } from './listeners.js';
import { RepliesUnderway } from './underway.js';

/** How a {@link DevSession} is started. */
export interface DevSessionOptions {
  readonly folder: string;
  /** Where the bot keeps its state, apart from that of `pertybot start`. */
  readonly stateFolder: string;
  readonly logger: Logger;
  readonly prompt: Prompt;
  /** The owner's browser, for a login by hand. @default one that approves by itself */
  readonly browser?: Browser | undefined;
  /** What the page may ask; undefined where there is to be none. */
  readonly desk?: OwnerDesk | undefined;
  /** Told what is laid over plugins.yaml. */
  onOverlay(lines: readonly string[]): void;
  onEvent(event: DevEvent): void;
}

/** What a {@link DevSession} is made of. */
export interface SessionParts {
  readonly twitch: TwitchSimulator;
  readonly bot: Bot;
  readonly options: DevSessionOptions;
  /** Login of the bot. */
  readonly account: string;
  readonly replies: RepliesUnderway;
  /** Fires when the session ends. */
  readonly ending: AbortController;
  /** Listeners to take away at the end. */
  readonly undo: readonly (() => void)[];
}

/**
 * Starts a simulated Twitch and loads a bot that is pointed to it; the bot is not started yet.
 * @throws ConfigError when plugins.yaml has faults
 */
export async function assembleSession(options: DevSessionOptions): Promise<SessionParts> {
  const { folder, stateFolder, logger, prompt, onEvent } = options;
  const ending = new AbortController();
  const identity = await createDevIdentity();
  const { account, clientId, clientSecret: secret, redirectUri } = identity;
  await removeTokens(stateFolder);
  const twitch = await startTwitchSimulator({
    clients: [{ id: clientId, secret, redirectUris: [redirectUri], name: 'PertyBot dev' }],
    accounts: [{ login: account, displayName: 'PertyBot' }],
    ...(options.browser === undefined && { approveAs: account }),
  });
  try {
    const overlay = createDevOverlay(twitch, identity);
    options.onOverlay(describeOverlay(overlay));
    const browser = options.browser ?? new ApprovingBrowser(twitch, logger, ending.signal);
    const resolveFrom = besidePertybot;
    const bot = await Bot.load({
      folder,
      stateFolder,
      overlay,
      logger,
      prompt,
      browser,
      resolveFrom,
      ...(options.desk && { control: options.desk, beside: [pagePlugin] }),
    });
    const replies = new RepliesUnderway();
    const undo = [
      listenToBot(bot, onEvent),
      bot.on('reply', ({ delivery }) => {
        if (delivery.status === 'written') replies.written();
      }),
      listenToTwitch(twitch, account, (event) => {
        onEvent(event);
        replies.received();
      }),
      catchProcessFaults({ bot, logger, exit: (code) => process.exit(code) }),
    ];
    return { twitch, bot, options, account, replies, ending, undo };
  } catch (error) {
    await twitch.stop();
    throw error;
  }
}

/** The Twitch that gave the last tokens ended with its session. */
async function removeTokens(stateFolder: string): Promise<void> {
  const names = await readdir(stateFolder).catch(() => []);
  const tokens = names.filter((name) => /^tokens\.(?:\w+\.)?json$/.test(name));
  await Promise.all(tokens.map((name) => rm(join(stateFolder, name), { force: true })));
}

/** The account that the login page asks for. */
const askedAccount = /<strong id="account">(\w+)<\/strong>/;

/**
 * A browser without a window, which clicks through the login of the simulated Twitch, as whomever the login page
 * asks for: the bot, or a broadcaster.
 */
class ApprovingBrowser implements Browser {
  /** @param ending fires when the session ends; a login that is cut off by that is no fault */
  constructor(
    private readonly twitch: TwitchSimulator,
    private readonly logger: Logger,
    private readonly ending: AbortSignal,
  ) {}

  async open(url: string): Promise<boolean> {
    this.visit(url).catch((error: unknown) => {
      if (this.ending.aborted) return;
      this.logger.error(`The simulated login failed: ${messageOf(error)}`, { error });
    });
    return true;
  }

  private async visit(url: string): Promise<void> {
    const page = await (await fetch(url)).text();
    const login = askedAccount.exec(page)?.[1];
    if (login !== undefined) {
      this.twitch.id.addAccount({ login });
      this.twitch.id.approveAs(login);
    }
    await new ScriptedBrowser().visit(url);
  }
}
