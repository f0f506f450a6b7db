/**
 * Twitch's limits for an account (https://dev.twitch.tv/docs/chat/#rate-limits). Its windows begin
 * when it likes and the network shifts lines together, so ours are a little longer.
 */
export interface RateLimits {
  /** Messages in {@link messageSpan} where the bot is an ordinary viewer. */
  readonly viewer: number;
  /** Messages in {@link messageSpan} where it is moderator, VIP or broadcaster. */
  readonly privileged: number;
  /** Channels joined in {@link joinSpan}. */
  readonly joins: number;
  /** Logins in {@link joinSpan}. */
  readonly logins: number;
}

/** Span of the message limits, milliseconds. */
export const messageSpan = 30_500;
/** Span of the limits of joins and logins, milliseconds. */
export const joinSpan = 10_250;
/** Least time between two messages of an ordinary viewer in a channel, milliseconds. */
export const channelGap = 1_050;

/** The limits of an ordinary account and of one that Twitch has verified as a bot. */
export const rateLimits: Readonly<Record<'normal' | 'verified', RateLimits>> = {
  normal: { viewer: 20, privileged: 100, joins: 20, logins: 20 },
  verified: { viewer: 7_500, privileged: 7_500, joins: 2_000, logins: 200 },
};
