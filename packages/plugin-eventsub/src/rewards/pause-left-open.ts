import { type AccessTokens, messageOf } from '@pertybot/core';
import { SystemClock } from '@pertybot/core/host';
import type { EventSubConfig } from '../eventsub-config.js';
import { HelixApi } from '../helix/helix-api.js';
import { TwitchApiError } from '../helix/twitch-api-error.js';
import { HelixRewards } from './helix-rewards.js';
import { type OpenRewards, OpenRewardsFile } from './open-rewards-file.js';

/** What {@link pauseLeftOpen} needs. */
export interface PauseLeftOpenOptions {
  /** The bot's state folder. */
  readonly stateFolder: string;
  readonly tokens: AccessTokens;
  readonly config: EventSubConfig;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** What became of the rewards that a bot left open. */
export interface PausedRewards {
  readonly paused: number;
  /** Why others could not be paused, a sentence each. */
  readonly faults: readonly string[];
}

/** Whether a bot that does not run any more has left rewards open. */
export function hasLeftOpen(stateFolder: string): boolean {
  return new OpenRewardsFile(stateFolder).read().length > 0;
}

/** Pauses the rewards that a bot left open when it died, so that nobody pays for nothing. Never rejects. */
export async function pauseLeftOpen(options: PauseLeftOpenOptions): Promise<PausedRewards> {
  const file = new OpenRewardsFile(options.stateFolder);
  const api = new HelixApi(options.tokens, options.config, new SystemClock());
  const helix = new HelixRewards(api, options.signal);
  const faults: string[] = [];
  const left: OpenRewards[] = [];
  let paused = 0;
  for (const { channel, id, rewards } of file.read()) {
    const results = await Promise.all(
      rewards.map((reward) => pause(helix, { login: channel, id }, reward)),
    );
    paused += results.filter((fault) => fault === undefined).length;
    faults.push(...new Set(results.flatMap((fault) => (fault === undefined ? [] : [fault]))));
    left.push({ channel, id, rewards: rewards.filter((_, n) => results[n] !== undefined) });
  }
  try {
    file.write(left);
  } catch (error) {
    faults.push(messageOf(error));
  }
  await api.close();
  return { paused, faults };
}

/** @returns why it could not be paused; one that is gone is as good as paused */
async function pause(
  helix: HelixRewards,
  channel: { readonly login: string; readonly id: string },
  reward: string,
): Promise<string | undefined> {
  try {
    await helix.change(channel, reward, { paused: true });
    return undefined;
  } catch (error) {
    return error instanceof TwitchApiError && error.status === 404 ? undefined : messageOf(error);
  }
}
