import { WantedRewards } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import { EventSubHealth } from '@pertybot/plugin-eventsub';
import type { TwitchSimulator } from '@pertybot/twitch-simulator';

/** How long plugins may still begin to listen after the bot has arrived, milliseconds: then EventSub is asked for it. */
const quietTime = 500;

/** How long Twitch may take to bring all that is listened to, milliseconds: what it refuses is not waited for. */
const hearingLimit = 5_000;

/** Knows when a bot hears what EventSub brings, so that nothing happens before. */
export class Arrival {
  private since: number | undefined;

  constructor(
    private readonly bot: Pick<Bot, 'find'>,
    private readonly twitch: Pick<TwitchSimulator, 'channels'>,
  ) {}

  /** Whether the bot hears all that it will; asked again and again once it sits in its channels. */
  hears(channels: readonly string[]): boolean {
    const health = this.bot.find(EventSubHealth);
    if (health === undefined) return true;
    this.since ??= performance.now();
    const passed = performance.now() - this.since;
    if (passed > hearingLimit) return true;
    return passed > quietTime && health.subscriptions.every(({ on }) => on) && this.sells(channels);
  }

  /** Whether each reward that the bot wants is there. */
  private sells(channels: readonly string[]): boolean {
    const wanted = this.bot.find(WantedRewards)?.list ?? [];
    return channels.every((channel) => {
      const titles = this.twitch.channels.rewards(channel).map(({ title }) => title);
      return wanted.every(({ title }) => titles.includes(title));
    });
  }
}
