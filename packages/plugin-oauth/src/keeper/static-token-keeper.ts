import { Clock, inject, injectable, Logger } from '@pertybot/core';
import { TokenValidator } from '../token/token-validator.js';
import { isTransient, OAuthError } from '../twitch/oauth-error.js';
import { Endurance } from './endurance.js';
import { ManagedAccessTokens } from './managed-access-tokens.js';
import type { KeeperContext } from './token-keeper.js';
import { ValidationSchedule } from './validation-schedule.js';
import { WakeableRest } from './wakeable-rest.js';

/** Watches over a token that the owner manages: it is validated at start and hourly, and never refreshed. */
@injectable()
export class StaticTokenKeeper {
  private readonly schedule = new ValidationSchedule();
  private readonly endurance: Endurance;
  private readonly rest: WakeableRest;
  private started = false;

  constructor(
    @inject(TokenValidator) private readonly validator: TokenValidator,
    private readonly tokens: ManagedAccessTokens,
    @inject(Clock) clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.rest = new WakeableRest(clock);
    this.endurance = new Endurance(log);
  }

  /**
   * Watches `token` until `signal` fires, or until it is at its end.
   * @param onFirst called when the token has proved valid
   * @throws OAuthError when the token is no good from the beginning
   */
  async run(token: string, context: KeeperContext, onFirst: () => void): Promise<void> {
    this.tokens.whenRefused(() => this.rest.wake());
    for (;;) {
      const delay = await this.check(token, context);
      if (delay === undefined) return;
      if (!this.started && this.tokens.published !== undefined) {
        this.started = true;
        onFirst();
      }
      await this.rest.until(delay, context.signal);
      if (context.signal.aborted) return;
    }
  }

  /** @returns milliseconds until the next check, or undefined when the token is at its end */
  private async check(token: string, context: KeeperContext): Promise<number | undefined> {
    try {
      const validation = await this.validator.validate(token, context.signal);
      if (validation.status !== 'valid') {
        return this.end(context, validation.status === 'foreign' ? validation.reason : undefined);
      }
      this.endurance.over();
      this.endurance.stopWaiting();
      if (validation.missing.length > 0) this.warnOfScopes(validation.missing);
      this.tokens.publish(validation.token);
      return this.schedule.plan(token, validation.expiresIn).delay;
    } catch (error) {
      if (context.signal.aborted) return undefined;
      if (!isTransient(error)) throw error;
      if (!this.started) this.endurance.wait(error, context);
      return this.endurance.meet(error);
    }
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
    this.log.error(error.message, { code: error.code, hint: error.hint });
    this.tokens.publish(undefined);
    context.waiting('a new TWITCH_ACCESS_TOKEN');
  }

  private warnOfScopes(missing: readonly string[]): void {
    this.log.warn(`The access token lacks the scopes "${missing.join(' ')}".`, {
      hint: 'Make a token with these scopes, or disable the plugin that wants them.',
    });
  }
}
