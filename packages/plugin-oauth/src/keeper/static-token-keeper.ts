import type { Clock, Logger } from '@pertybot/core';
import { botAccount } from '../token/account.js';
import type { TokenValidator } from '../token/token-validator.js';
import { OAuthError } from '../twitch/oauth-error.js';
import type { AccountTokens } from './account-tokens.js';
import { type KeeperContext, KeeperLoop } from './keeper-loop.js';
import { ValidationSchedule } from './validation-schedule.js';

/** What a {@link StaticTokenKeeper} works with. */
export interface StaticTokenKeeperOptions {
  /** The token that the owner manages. */
  readonly token: string;
  readonly tokens: AccountTokens;
  readonly validator: TokenValidator;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Watches over a token that the owner manages: it is validated at start and hourly, and never refreshed. */
export class StaticTokenKeeper {
  private readonly schedule = new ValidationSchedule();
  private readonly loop: KeeperLoop;
  private started = false;

  constructor(private readonly options: StaticTokenKeeperOptions) {
    const { tokens, clock, log } = options;
    this.loop = new KeeperLoop(tokens, clock, log);
  }

  /**
   * Watches the token until the signal fires, or until it is at its end.
   * @param onFirst called when the token has proved valid
   * @throws OAuthError when the token is no good from the beginning
   */
  async run(context: KeeperContext, onFirst: () => void): Promise<void> {
    this.options.tokens.whenRefused(() => this.loop.wake());
    const step = () => this.check(context);
    await this.loop.run({
      step,
      context,
      failsAtStart: true,
      onFirst: () => {
        this.started = true;
        onFirst();
      },
    });
  }

  private async check(context: KeeperContext): Promise<number | undefined> {
    const { token, tokens, validator } = this.options;
    const validation = await validator.validate(token, botAccount, context.signal);
    if (validation.status !== 'valid') {
      return this.end(context, validation.status === 'foreign' ? validation.reason : undefined);
    }
    if (validation.missing.length > 0) this.warnOfScopes(validation.missing);
    tokens.publish(validation.token);
    return this.schedule.plan(token, validation.expiresIn).delay;
  }

  private end(context: KeeperContext, reason: string | undefined): undefined {
    const error = new OAuthError(
      'OAUTH_ACCESS_TOKEN_INVALID',
      reason ?? 'Twitch no longer accepts the access token that you manage yourself.',
      {
        hint: 'Put a new one into TWITCH_ACCESS_TOKEN and start again, or remove it and let the bot log in.',
      },
    );
    if (!this.started) throw error;
    this.options.log.error(error.message, { code: error.code, hint: error.hint });
    this.options.tokens.publish(undefined);
    context.waiting('a new TWITCH_ACCESS_TOKEN');
  }

  private warnOfScopes(missing: readonly string[]): void {
    this.options.log.warn(`The access token lacks the scopes "${missing.join(' ')}".`, {
      hint: 'Make a token with these scopes, or disable the plugin that wants them.',
    });
  }
}
