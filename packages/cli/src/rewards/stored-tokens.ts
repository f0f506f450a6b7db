import type { AccessToken, AccessTokens, Account, InjectionToken } from '@pertybot/core';
import type { AccessTokenRequest } from '@pertybot/core/host';
import { TokenRefresher, TokenStore, TokenValidator } from '@pertybot/plugin-oauth';
import { CliError } from '../terminal/cli-error.js';

/** Gives a service of the plugin that provides the bot's tokens. */
export type BorrowService = <Service>(token: InjectionToken<Service>) => Service | undefined;

/** Tokens as they are stored, beside a bot that does not run: one is refreshed where it must be, and nobody is asked. */
export class StoredTokens implements AccessTokens {
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
