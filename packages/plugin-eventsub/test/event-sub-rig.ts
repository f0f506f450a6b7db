import type { BotEvents } from '@pertybot/core';
import type { RequestedScope } from '@pertybot/core/host';
import { FakeEventSub } from './fake-event-sub.js';
import { makeToken } from './fake-tokens.js';
import { allScopes, PluginRig } from './plugin-rig.js';

export interface RigOptions {
  /** Events to which a plugin listens. */
  readonly hears?: readonly (keyof BotEvents)[];
  /** Scopes of alice, whose channel it is; undefined where she is not logged in. @default all */
  readonly scopes?: readonly string[] | undefined;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A bot with the plugin in the channel of alice, a Twitch on loopback, and a clock that stands still. */
export class EventSubRig extends PluginRig {
  private constructor(readonly twitch: FakeEventSub) {
    super();
  }

  static async start(options: RigOptions = {}): Promise<EventSubRig> {
    const rig = new EventSubRig(await FakeEventSub.start());
    const { hears = ['follow'], config = {} } = options;
    const scopes = 'scopes' in options ? options.scopes : allScopes;
    rig.tokens.set('bot', makeToken('pertybot'));
    if (scopes) rig.tokens.set('alice', makeToken('alice', 'token-of-alice', scopes));
    await rig.run(hears, { channels: ['alice'], ...rig.twitch.config, ...config });
    return rig;
  }

  get requested(): readonly RequestedScope[] {
    return this.scopes?.list ?? [];
  }

  /** Whether redemptions of a channel are left to EventSub. */
  isBrought(channel: string): boolean {
    return this.inbox?.isBrought('redeem', channel) ?? false;
  }

  override until(condition: () => boolean, what: string, step = 50): Promise<void> {
    return super.until(condition, what, step);
  }

  /** Lines of the log of a level. */
  log(level: string): readonly string[] {
    return this.bot.log.filter((line) => line.level === level).map(({ message }) => message);
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.twitch.close();
  }
}

/** Ids and names of alice's channel, as they stand in every event. */
export const alice = {
  broadcaster_user_id: 'id-of-alice',
  broadcaster_user_login: 'alice',
  broadcaster_user_name: 'Alice',
};

/** A viewer, as he stands in events. */
export const bob = { user_id: '42', user_login: 'bob', user_name: 'Bob' };

/** A follow of bob's. */
export const follow = { ...alice, ...bob, followed_at: '2026-01-01T12:00:00.123456789Z' };
