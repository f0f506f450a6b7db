import type { FeedUser } from '../../shared/feed.js';

/** A badge beside a name. */
export interface Badge {
  readonly name: string;
  readonly sign: string;
  readonly title: string;
}

/** Signs of our own for Twitch's badges: no picture of another host is ever asked for. */
const known: Readonly<Record<string, readonly [sign: string, title: string]>> = {
  broadcaster: ['▶', 'Broadcaster'],
  lead_moderator: ['⚔', 'Lead moderator'],
  moderator: ['⚔', 'Moderator'],
  vip: ['◆', 'VIP'],
  founder: ['★', 'Founder'],
  subscriber: ['★', 'Subscriber'],
  staff: ['⚙', 'Twitch staff'],
  partner: ['✔', 'Partner'],
  premium: ['♛', 'Prime'],
  turbo: ['⚡', 'Turbo'],
  bits: ['⬢', 'Bits'],
  'bits-leader': ['⬢', 'Bits leader'],
  'sub-gifter': ['✚', 'Gives subscriptions'],
  artist: ['✎', 'Artist'],
};

/** In which order Twitch shows them; the rest comes behind. */
const order = Object.keys(known);

/** Twitch shows no more beside a name. */
const mostBadges = 3;

/** The badges of somebody; his roles where nothing is told of badges. */
export function badgesOf({ roles, badges }: Pick<FeedUser, 'roles' | 'badges'>): readonly Badge[] {
  const names = Object.keys(badges);
  const role = roles.toSorted((one, other) => order.indexOf(one) - order.indexOf(other))[0];
  return (names.length > 0 ? names : role === undefined ? [] : [role])
    .filter((name) => Object.hasOwn(known, name))
    .toSorted((one, other) => order.indexOf(one) - order.indexOf(other))
    .slice(0, mostBadges)
    .map((name) => {
      const [sign = '', title = name] = known[name] ?? [];
      return { name, sign, title: `${title}${suffixOf(name, badges[name])}` };
    });
}

function suffixOf(name: string, version: string | undefined): string {
  if (version === undefined || !/^\d+$/.test(version)) return '';
  if (name === 'subscriber') return Number(version) > 1 ? `, ${version} months` : '';
  return name === 'bits' || name === 'sub-gifter' ? ` ${version}` : '';
}
