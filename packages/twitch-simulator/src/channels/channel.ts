import { type Account, type People, toLogin } from '../people.js';
import type { CustomReward } from './custom-reward.js';
import type { Redemption } from './redemption.js';

/** What Twitch has made of a broadcaster; without any there are no channel points. */
export type BroadcasterType = 'partner' | 'affiliate' | '';

/** A stream that is live. */
export interface LiveStream {
  readonly id: string;
  readonly type: string;
  /** Milliseconds. */
  readonly startedAt: number;
}

/** A channel beside its chat. */
export interface Channel {
  account: Account;
  type: BroadcasterType;
  title: string;
  category: { readonly id: string; readonly name: string };
  language: string;
  stream: LiveStream | undefined;
  readonly rewards: Map<string, CustomReward>;
  readonly redemptions: Map<string, Redemption>;
  /** When each follower came, milliseconds, by user id. */
  readonly followers: Map<string, { readonly account: Account; readonly at: number }>;
  /** By user id. */
  readonly subscribers: Map<
    string,
    { readonly account: Account; readonly tier: string; readonly gift: boolean }
  >;
  shield: boolean;
}

/** The channels; each exists as soon as somebody names it. */
export class Channels {
  private readonly byId = new Map<string, Channel>();

  constructor(private readonly people: People) {}

  /** The channel of that login, with or without `#`. */
  named(name: string): Channel {
    const login = toLogin(name);
    return this.of(this.people.find(login) ?? this.people.someone({ login }));
  }

  /** The channel of that user id, if there is such a user. */
  withId(id: string): Channel | undefined {
    const account = this.people.findId(id);
    return account === undefined ? undefined : this.of(account);
  }

  /** The channel of somebody. */
  of(account: Account): Channel {
    const known = this.byId.get(account.id);
    if (known !== undefined) {
      known.account = account;
      return known;
    }
    const channel: Channel = {
      account,
      type: 'affiliate',
      title: `${account.displayName} is live`,
      category: { id: '509670', name: 'Science & Technology' },
      language: 'en',
      stream: undefined,
      rewards: new Map(),
      redemptions: new Map(),
      followers: new Map(),
      subscribers: new Map(),
      shield: false,
    };
    this.byId.set(account.id, channel);
    return channel;
  }

  /** Every channel that somebody has named. */
  get all(): readonly Channel[] {
    return [...this.byId.values()];
  }
}
