import {
  type AccessToken,
  type AccessTokens,
  type Account,
  type Consumer,
  forPlugin,
  inject,
  injectable,
  Logger,
  type PerPlugin,
  type Undo,
} from '@pertybot/core';
import type { AccessTokenRequest } from '@pertybot/core/host';
import { botAccount, toChannel } from '../token/account.js';
import { AccountScopes } from '../token/account-scopes.js';
import { AccountTokens } from './account-tokens.js';

/** Gives the tokens that stand for the broadcaster of a channel, whose token is wanted now. */
export type FindBroadcaster = (
  tokens: AccountTokens,
  signal: AbortSignal | undefined,
) => Promise<AccountTokens>;

/** Hands out the tokens of all accounts: the bot's, and of each broadcaster whose token somebody wants. */
@injectable()
export class ManagedAccessTokens implements AccessTokens, PerPlugin<AccessTokens> {
  /** Tokens of the bot's own account. */
  readonly bot: AccountTokens;
  private readonly broadcasters = new Map<string, AccountTokens>();
  private findBroadcaster: FindBroadcaster = async (tokens) => tokens;

  constructor(
    private readonly scopes: AccountScopes,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.bot = new AccountTokens(botAccount, scopes, log);
  }

  [forPlugin](consumer: Consumer): AccessTokens {
    return {
      get: (request) => this.get(withSignal(request, consumer.signal)),
      invalidate: (token) => this.invalidate(token),
      onChange: (listener, account) => {
        const undo = this.onChange(listener, account);
        consumer.onStop(undo);
        return undo;
      },
    };
  }

  async get(request: AccessTokenRequest = {}): Promise<AccessToken> {
    if (request.account !== 'broadcaster') return this.bot.get(request);
    const own = this.of(request.channel);
    for (;;) {
      const tokens = await this.findBroadcaster(own, request.signal);
      const token = await tokens.get(request);
      // The bot's own account, which stood for the broadcaster, may be another one since.
      if (tokens === own || token.login === toChannel(request.channel)) return token;
    }
  }

  async invalidate(token: string): Promise<void> {
    for (const tokens of [this.bot, ...this.broadcasters.values()]) tokens.invalidate(token);
  }

  onChange(
    listener: (token: AccessToken | undefined) => void,
    account: Account = botAccount,
  ): Undo {
    if (account.account === 'bot') return this.bot.onChange(listener);
    const own = this.of(account.channel);
    const channel = toChannel(account.channel);
    let isShared = false;
    const undos = [
      own.onChange(listener),
      this.bot.onChange((token) => {
        const wasShared = isShared;
        isShared = own.published === undefined && token?.login === channel;
        if (isShared) listener(token);
        else if (wasShared) listener(undefined);
      }),
    ];
    return () => {
      for (const undo of undos) undo();
    };
  }

  /** Sets who says which tokens stand for a broadcaster; there is one such. */
  whenWanted(findBroadcaster: FindBroadcaster): void {
    this.findBroadcaster = findBroadcaster;
  }

  private of(name: string): AccountTokens {
    const channel = toChannel(name);
    const known = this.broadcasters.get(channel);
    if (known !== undefined) return known;
    const account: Account = { account: 'broadcaster', channel };
    const tokens = new AccountTokens(account, this.scopes, this.log);
    this.broadcasters.set(channel, tokens);
    return tokens;
  }
}

function withSignal(
  request: AccessTokenRequest | undefined,
  signal: AbortSignal,
): AccessTokenRequest {
  const own = request?.signal;
  return { ...request, signal: own === undefined ? signal : AbortSignal.any([own, signal]) };
}
