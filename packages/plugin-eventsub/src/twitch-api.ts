import type { Account, InjectionToken } from '@pertybot/core';

/** A call of Twitch's API, Helix. */
export interface TwitchApiRequest {
  /** Whose token it is made with. @default the bot */
  readonly account?: Account;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `helix/`, such as `channel_points/custom_rewards`. */
  readonly path: string;
  /** A list gives its name several times; what is undefined is left out. */
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  /** Sent as JSON. */
  readonly body?: object;
  /** Scopes that the call needs: without them the account is asked for a login. @default none in particular */
  readonly scopes?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Calls Twitch's API with the bot's or a broadcaster's token; limits, refresh and repeats are inside. */
export interface TwitchApi {
  /**
   * @returns what Twitch answered, read as JSON; undefined where it answered without a body
   * @throws TwitchApiError with Twitch's status and message
   */
  request(request: TwitchApiRequest): Promise<unknown>;
}

/** Injection token of {@link TwitchApi}. */
export const TwitchApi: InjectionToken<TwitchApi> = Symbol.for('pertybot.TwitchApi');
