import type { AccessToken, AccessTokens, Account, Undo } from '@pertybot/core';
import type { AccessTokenRequest } from '@pertybot/core/host';

/**
 * Tokens that last until the plugin has stopped: a plugin that stops is handed out none any more, and yet it has to
 * pause its rewards. The last one of each account then does.
 */
export class LastingTokens implements AccessTokens {
  private readonly last = new Map<string, AccessToken>();

  /** @param stopping fires when the plugin stops */
  constructor(
    private readonly tokens: AccessTokens,
    private readonly stopping: AbortSignal,
  ) {}

  async get(request: AccessTokenRequest = {}): Promise<AccessToken> {
    const key = request.account === 'broadcaster' ? request.channel : '';
    const last = this.stopping.aborted ? this.last.get(key) : undefined;
    if (last) return last;
    const token = await this.tokens.get(request);
    this.last.set(key, token);
    return token;
  }

  async invalidate(token: string): Promise<void> {
    for (const [key, last] of this.last) if (last.token === token) this.last.delete(key);
    await this.tokens.invalidate(token);
  }

  onChange(listener: (token: AccessToken | undefined) => void, account?: Account): Undo {
    return this.tokens.onChange(listener, account);
  }
}
