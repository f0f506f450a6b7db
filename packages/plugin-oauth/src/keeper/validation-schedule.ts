/** Twitch asks for a validation every hour: https://dev.twitch.tv/docs/authentication/validate-tokens */
const hour = 3_600_000;

/** A token that has less than this left is replaced, milliseconds. */
const margin = 10 * 60_000;

/** Shortest time between two validations, milliseconds. */
const shortest = 1_000;

/** What to do after a validation. */
export interface ValidationPlan {
  /** Whether the token should be replaced now, before it runs out. */
  readonly refresh: boolean;
  /** Milliseconds until the next validation. */
  readonly delay: number;
}

/**
 * Says when a token is validated again: a little before each full hour, not at the same minute as every other
 * bot, and before it runs out. A chat session gets no sign when its token expires, so nobody else would notice.
 */
export class ValidationSchedule {
  private token: string | undefined;
  private lifetime = 0;

  /** @param random number from 0 to 1 */
  constructor(private readonly random: () => number = Math.random) {}

  /**
   * @param token the access token
   * @param expiresIn milliseconds that Twitch gives it; undefined where it never expires
   */
  plan(token: string, expiresIn: number | undefined): ValidationPlan {
    const hourly = hour * (1 - this.random() / 12);
    if (expiresIn === undefined) return { refresh: false, delay: hourly };
    if (token !== this.token) {
      this.token = token;
      this.lifetime = expiresIn;
    }
    // A token that lives for minutes only must not be replaced as soon as it comes.
    const enough = Math.min(margin, this.lifetime / 2);
    const beforeItEnds = Math.max(shortest, expiresIn - enough / 2);
    return { refresh: expiresIn < enough, delay: Math.min(hourly, beforeItEnds) };
  }
}
