import type { Account, Logger } from '@pertybot/core';
import { loginCommand } from '../token/account.js';
import type { AccountScopes } from '../token/account-scopes.js';

/** Remembers which scopes a login did not bring, so that nobody is asked for ever. */
export class MissingScopes {
  /** Missing scopes that a login did not bring either. */
  private unmet = '';

  constructor(
    private readonly account: Account,
    private readonly scopes: AccountScopes,
    private readonly log: Logger,
  ) {}

  /**
   * Names the plugins that want what a valid token lacks.
   * @param afterLogin whether a login has just brought the token
   * @returns whether another login may help
   */
  heed(missing: readonly string[], afterLogin: boolean): boolean {
    const key = missing.join(' ');
    if (key === '' || afterLogin) this.unmet = key;
    for (const { scope, plugins } of this.scopes.of(this.account)) {
      if (!missing.includes(scope.toLowerCase())) continue;
      this.log.warn(
        `The login lacks the scope "${scope}", which "${plugins.join('", "')}" wants.`,
        { hint: `Log in again: run "${loginCommand(this.account)}".` },
      );
    }
    return key !== this.unmet;
  }
}
