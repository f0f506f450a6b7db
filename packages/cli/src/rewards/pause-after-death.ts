import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AccessToken,
  AccessTokens,
  type Account,
  type InjectionToken,
  messageOf,
} from '@pertybot/core';
import { type AccessTokenRequest, Bot, silentLogger } from '@pertybot/core/host';
import { TokenRefresher, TokenStore, TokenValidator } from '@pertybot/plugin-oauth';
import { besidePertybot, makeStateFolder } from '../bot-folder/bot-folder.js';
import { botLockHolder } from '../bot-process/bot-lock.js';
import { CliError } from '../terminal/cli-error.js';

/** Gives a service of the plugin that provides the bot's tokens. */
type BorrowService = <Service>(token: InjectionToken<Service>) => Service | undefined;

/** Tokens as they are stored, beside a bot that does not run: one is refreshed where it must be, and nobody is asked. */
class StoredTokens implements AccessTokens {
  private readonly refused = new Set<string>();

  constructor(private readonly borrow: BorrowService) {}

  /** @throws CliError CLI_NO_LOGIN where there is none that works */
  async get(request: AccessTokenRequest = {}): Promise<AccessToken> {
    const account: Account =
      request.account === 'broadcaster'
        ? { account: 'broadcaster', channel: request.channel }
        : { account: 'bot' };
    const store = this.borrow(TokenStore);
    const grant = await store?.read(account);
    const valid = grant && (await this.validate(grant.accessToken, account));
    if (valid) return valid;
    const refresh =
      grant && (await this.borrow(TokenRefresher)?.refresh(account, grant.accessToken));
    const renewed =
      refresh?.status === 'refreshed' && (await this.validate(refresh.grant.accessToken, account));
    if (renewed) return renewed;
    throw new CliError('CLI_NO_LOGIN', 'There is no login that Twitch accepts.', {
      hint: 'Run: pertybot login --broadcaster',
    });
  }

  async invalidate(token: string): Promise<void> {
    this.refused.add(token);
  }

  onChange(): () => void {
    return () => {};
  }

  private async validate(token: string, account: Account): Promise<AccessToken | undefined> {
    if (this.refused.has(token)) return undefined;
    const validation = await this.borrow(TokenValidator)?.validate(token, account);
    return validation?.status === 'valid' ? validation.token : undefined;
  }
}

/** Milliseconds that all of it may take: the bot is started again behind it. */
const patience = 8_000;

/**
 * Pauses the rewards that a bot left open when it died; where one runs, nothing is done. For the end of a service:
 * whatever goes wrong is told, and thrown never.
 */
export async function pauseAfterDeath(folder: string): Promise<string> {
  const late = sleep(patience, 'Rewards were not paused: Twitch took too long.', { ref: false });
  const end = new AbortController();
  try {
    return await Promise.race([pauseLeft(folder, end.signal), late]);
  } catch (error) {
    return `Rewards were not paused: ${messageOf(error)}`;
  } finally {
    end.abort(new Error('it took too long'));
  }
}

async function pauseLeft(folder: string, signal: AbortSignal): Promise<string> {
  const stateFolder = await makeStateFolder(folder);
  const { EventSubConfig, hasLeftOpen, pauseLeftOpen, TwitchApi } = await import(
    '@pertybot/plugin-eventsub'
  );
  if (!hasLeftOpen(stateFolder)) return 'No reward was left open.';
  if ((await botLockHolder(folder)) !== undefined) return 'A bot runs; its rewards are its own.';
  const bot = await Bot.load({
    ...{ folder, logger: silentLogger, resolveFrom: besidePertybot },
    browser: { open: async () => false },
    prompt: { show() {}, ask: async () => undefined },
  });
  const config = bot.borrow(EventSubConfig, TwitchApi)?.service;
  const tokens = new StoredTokens((token) => bot.borrow(token, AccessTokens)?.service);
  if (config === undefined)
    return 'Rewards were left open, and no eventsub plugin is there any more.';
  const { paused, faults } = await pauseLeftOpen({ stateFolder, tokens, config, signal });
  const done = paused === 1 ? '1 reward was paused.' : `${paused} rewards were paused.`;
  return [done, ...faults.map((fault) => `Another was not: ${fault}`)].join('\n');
}
