import { type Account, Clock, inject, injectable, Logger } from '@pertybot/core';
import { Login } from '../login/login.js';
import { accountKey, channelOf } from '../token/account.js';
import { AccountScopes } from '../token/account-scopes.js';
import { TokenRefresher } from '../token/token-refresher.js';
import { TokenStore } from '../token/token-store.js';
import { TokenValidator } from '../token/token-validator.js';
import { OAuthConfig } from '../twitch/oauth-config.js';
import type { AccountTokens } from './account-tokens.js';
import type { KeeperContext } from './keeper-loop.js';
import { ManagedAccessTokens } from './managed-access-tokens.js';
import { StaticTokenKeeper } from './static-token-keeper.js';
import { TokenKeeper } from './token-keeper.js';

/** A keeper for the bot, and one for each broadcaster from the moment that somebody wants his token. */
@injectable()
export class TokenKeepers {
  private readonly keepers = new Map<string, Promise<void>>();

  constructor(
    @inject(TokenStore) private readonly store: TokenStore,
    @inject(TokenValidator) private readonly validator: TokenValidator,
    @inject(TokenRefresher) private readonly refresher: TokenRefresher,
    @inject(Login) private readonly login: Login,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
    private readonly tokens: ManagedAccessTokens,
    private readonly scopes: AccountScopes,
  ) {}

  /**
   * Keeps the tokens until the signal fires.
   * @param ownToken a token that the owner manages, for the bot
   * @param onFirst called with the bot's first token
   * @throws OAuthError when the configuration is wrong before there ever was a token
   */
  async run(
    context: KeeperContext,
    ownToken: string | undefined,
    onFirst: () => void,
  ): Promise<void> {
    const ended = new AbortController();
    const signal = AbortSignal.any([context.signal, ended.signal]);
    this.tokens.whenWanted((tokens, wanted) => this.find(tokens, { ...context, signal }, wanted));
    try {
      await this.keeperOfBot(ownToken).run(context, onFirst);
    } catch (error) {
      ended.abort();
      throw error;
    } finally {
      await Promise.all(this.keepers.values());
    }
  }

  private keeperOfBot(token: string | undefined): TokenKeeper | StaticTokenKeeper {
    const { validator, clock, log } = this;
    const tokens = this.tokens.bot;
    if (token === undefined) return this.keeperOf(tokens, log);
    return new StaticTokenKeeper({ token, tokens, validator, clock, log });
  }

  private keeperOf(tokens: AccountTokens, log: Logger): TokenKeeper {
    const { store, validator, refresher, login, scopes, clock } = this;
    const { account } = tokens;
    return new TokenKeeper({
      ...{ account, tokens, store, validator, refresher, login, scopes, clock, log },
    });
  }

  /** The bot's tokens where its account is the broadcaster's too; else his own, which are kept from now on. */
  private async find(
    own: AccountTokens,
    context: KeeperContext,
    signal: AbortSignal | undefined,
  ): Promise<AccountTokens> {
    const key = accountKey(own.account);
    if (!this.keepers.has(key) && (await this.isBot(own.account, signal))) {
      this.scopes.share();
      return this.tokens.bot;
    }
    if (!this.keepers.has(key)) this.keepers.set(key, this.keep(own, context));
    return own;
  }

  private async isBot(account: Account, signal: AbortSignal | undefined): Promise<boolean> {
    const channel = channelOf(account);
    if (this.config.account !== undefined) return this.config.account === channel;
    // Whoever has logged in as a broadcaster already need not wait until the bot's account is known.
    if (await this.hasGrant(account)) return false;
    const { login } = await this.tokens.bot.get(signal === undefined ? {} : { signal });
    return login === channel;
  }

  private async hasGrant(account: Account): Promise<boolean> {
    try {
      return (await this.store.read(account)) !== undefined;
    } catch {
      // There is something; its keeper says what is wrong with it.
      return true;
    }
  }

  private keep(tokens: AccountTokens, context: KeeperContext): Promise<void> {
    const channel = channelOf(tokens.account);
    const log = this.log.child({ broadcaster: channel });
    const waiting = (reason: string) => context.waiting(`${reason} (broadcaster ${channel})`);
    const keeper = this.keeperOf(tokens, log);
    return keeper
      .run({ ...context, waiting }, () => {})
      .catch((error: unknown) => {
        log.error('The token of the broadcaster is kept no longer.', { error });
        this.keepers.delete(accountKey(tokens.account));
      });
  }
}
