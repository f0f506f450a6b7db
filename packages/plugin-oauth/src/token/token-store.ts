import type { InjectionToken, Undo } from '@pertybot/core';
import type { Grant } from './grant.js';

/** Keeps the grant across restarts. */
export interface TokenStore {
  /**
   * The grant, or undefined where there is none.
   * @throws OAuthError when it cannot be read
   */
  read(): Promise<Grant | undefined>;
  /**
   * Puts `grant` in the place of what was there. When the promise resolves, no loss of power loses it.
   * Call it inside {@link TokenStore.exclusively}.
   * @throws OAuthError when it cannot be written
   */
  write(grant: Grant): Promise<void>;
  /** Forgets the grant. Call it inside {@link TokenStore.exclusively}. */
  clear(): Promise<void>;
  /**
   * Runs `task` while nobody else, in this process or another one, runs one.
   * @throws OAuthError when that cannot be had
   */
  exclusively<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Calls `listener` when the grant may have changed, also by another process. */
  onChange(listener: () => void): Undo;
}

/** Injection token of {@link TokenStore}. */
export const TokenStore: InjectionToken<TokenStore> = Symbol.for('pertybot.TokenStore');
