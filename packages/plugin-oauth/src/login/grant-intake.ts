import { type Account, Backoff, Clock, inject, injectable, Logger, sleep } from '@pertybot/core';
import { type LoginAccount, toAccount } from '../token/account.js';
import { type Grant, TokenStore } from '../token/token-store.js';
import { TokenValidator, type Validation, type ValidToken } from '../token/token-validator.js';
import { isTransient, OAuthError } from '../twitch/oauth-error.js';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';

/** How often Twitch is asked about a new token before it is stored without a verdict. */
const tries = 4;

/** The door by which a new grant comes in: checked, then stored. */
@injectable()
export class GrantIntake {
  constructor(
    @inject(TokenStore) private readonly store: TokenStore,
    @inject(TokenValidator) private readonly validator: TokenValidator,
    private readonly client: TwitchIdClient,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  /**
   * Stores `grant` if it is of the account that it should be of.
   * @returns the token, or undefined where it is stored but Twitch could not be asked about it
   * @throws OAuthError when it is of the wrong account; Twitch is told to forget it
   */
  async accept(
    grant: Grant,
    account: LoginAccount,
    signal: AbortSignal,
  ): Promise<ValidToken | undefined> {
    const validation = await this.validate(grant.accessToken, account, signal);
    if (validation?.status === 'foreign') {
      await this.discard(grant.accessToken, signal);
      throw new OAuthError('OAUTH_WRONG_ACCOUNT', validation.reason, {
        hint: `Log out at twitch.tv, or choose "Not you?" there, and try again with the ${account.account}’s account.`,
      });
    }
    if (validation?.status === 'invalid') {
      throw new OAuthError(
        'OAUTH_CODE_INVALID',
        'Twitch refuses the token that it has just given.',
        {
          hint: 'Log in once more.',
        },
      );
    }
    const own = toAccount(account) ?? toOwner(validation);
    const known = { ...grant, login: validation?.token.login };
    await this.store.exclusively(() => this.store.write(own, known), signal);
    return validation;
  }

  private async validate(
    token: string,
    account: LoginAccount,
    signal: AbortSignal,
  ): Promise<Validation | undefined> {
    const backoff = new Backoff({ first: 500, longest: 300_000 });
    for (let left = tries; left > 0; left -= 1) {
      try {
        return await this.validator.validate(token, account, signal);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (left > 1) await sleep(this.clock, backoff.next(error.retryAfter), signal);
      }
    }
    return undefined;
  }

  private async discard(token: string, signal: AbortSignal): Promise<void> {
    try {
      await this.client.revoke(token, signal);
    } catch (error) {
      if (!isTransient(error)) throw error;
      this.log.warn('The login of the wrong account could not be revoked.', {
        hint: 'Disconnect it at twitch.tv/settings/connections.',
      });
    }
  }
}

/** Whose grant it is, where any broadcaster might have logged in: a file bears his name. */
function toOwner(validation: ValidToken | undefined): Account {
  if (validation !== undefined) return { account: 'broadcaster', channel: validation.token.login };
  throw new OAuthError('OAUTH_TWITCH_UNAVAILABLE', 'Twitch could not be asked who has logged in.', {
    hint: 'Log in once more, or name the broadcaster with --channel.',
  });
}
