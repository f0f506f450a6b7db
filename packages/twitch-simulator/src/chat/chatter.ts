import type { AccountOptions } from '../people.js';

/** What somebody is in one channel. */
export type Role = 'broadcaster' | 'moderator' | 'vip' | 'subscriber';

/** Somebody who writes in chat, with what the channel knows of them. */
export interface Chatter extends AccountOptions {
  /** The one whose login is the channel's name is broadcaster anyway. @default [] */
  readonly roles?: readonly Role[];
  /** Months subscribed; makes a subscriber of them. @default 1 for a subscriber */
  readonly months?: number;
  /** More badges with their versions, such as `{ premium: '1' }`. */
  readonly badges?: Readonly<Record<string, string>>;
  /** Colour of the name, such as `#FF69B4`. @default '' as for one who never chose */
  readonly color?: string;
}

/** The tags that tell who somebody is in a channel. */
export interface BadgeTags {
  /** Such as `moderator/1,subscriber/12`. */
  readonly badges: string;
  /** Such as `subscriber/14`: the true months. */
  readonly badgeInfo: string;
  readonly moderator: boolean;
  readonly vip: boolean;
  readonly subscriber: boolean;
}

/** Months at which a channel's subscriber badge changes. */
const badgeMonths = [60, 48, 36, 24, 18, 12, 9, 6, 3, 2, 0];

/** Badges as Twitch writes them for that chatter in that channel. */
export function toBadgeTags(chatter: Chatter, channel: string): BadgeTags {
  const roles = new Set(chatter.roles ?? []);
  if (chatter.login.toLowerCase() === channel) roles.add('broadcaster');
  if (chatter.months !== undefined) roles.add('subscriber');
  const months = chatter.months ?? 1;
  const version = badgeMonths.find((least) => least <= months) ?? 0;
  const badges = [
    ...(roles.has('broadcaster') ? ['broadcaster/1'] : []),
    ...(roles.has('moderator') ? ['moderator/1'] : []),
    ...(roles.has('vip') ? ['vip/1'] : []),
    ...(roles.has('subscriber') ? [`subscriber/${version}`] : []),
    ...Object.entries(chatter.badges ?? {}).map(([name, value]) => `${name}/${value}`),
  ];
  return {
    badges: badges.join(','),
    badgeInfo: roles.has('subscriber') ? `subscriber/${months}` : '',
    moderator: roles.has('moderator'),
    vip: roles.has('vip'),
    subscriber: roles.has('subscriber'),
  };
}
