import type { AccessToken, RequestedScope } from '@pertybot/core';
import type { Grant } from '../token/grant.js';

/** What a login flow is asked to get, and for whom. */
export interface LoginFlowRequest {
  readonly scopes: readonly RequestedScope[];
  /**
   * Checks and stores what the flow got.
   * @returns the token, or undefined where it is stored but Twitch could not be asked about it
   * @throws OAuthError when it is of the wrong account; the flow says so and goes on
   */
  accept(grant: Grant): Promise<AccessToken | undefined>;
  /** Ends the flow. */
  readonly signal: AbortSignal;
}

/** How a flow ended: somebody logged in, or no browser took the page that it was to be shown in. */
export type LoginFlowResult =
  | { readonly status: 'accepted'; readonly token: AccessToken | undefined }
  | { readonly status: 'no-browser' };
