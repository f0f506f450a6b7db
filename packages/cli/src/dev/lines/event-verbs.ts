import type { SubscriptionPlan } from '@pertybot/twitch-simulator';
import type { EventVerb } from './event-verb.js';
import { numberIn, viewerIn } from './event-verb.js';
import { announcementColors, type TwitchEvent } from './twitch-event.js';
import { viewerVerbs } from './viewer-verbs.js';

const mostBits = 100_000;
const mostViewers = 1_000_000;
const mostMonths = 1_200;
/** Twitch sells no larger bundle. */
const mostGifts = 100;
/** Two weeks, Twitch's longest time-out. */
const longestTimeout = 1_209_600;
const usualTimeout = 600;

/** Under this name gifts are given without one. */
const anonymous = 'anonymous';

/** Every {@link EventVerb}, the most usual first. */
export const eventVerbs: readonly EventVerb[] = [
  {
    verb: 'cheers',
    also: [],
    example: 'alice cheers 100',
    about: 'bits; a text may follow: alice cheers 100: great!',
    takes: `a number of bits from 1 to ${mostBits}, then maybe a colon and a text`,
    read({ by, words, text }) {
      const bits = numberIn(words, mostBits);
      return bits === undefined ? undefined : { kind: 'cheer', by, bits, text };
    },
  },
  {
    verb: 'subscribes',
    also: ['subs'],
    example: 'alice subscribes',
    about: 'also: subscribes prime, subscribes tier 2',
    takes: 'nothing, "prime" or "tier 2"',
    read({ by, words, text }) {
      const plan = planIn(words);
      return plan && text === '' ? { kind: 'subscribe', by, plan, text } : undefined;
    },
  },
  {
    verb: 'resubscribes',
    also: ['resubs'],
    example: 'alice resubscribes 12',
    about: 'for 12 months; also: resubscribes 12 tier 3: still here',
    takes: `a number of months from 1 to ${mostMonths}, then maybe "prime" or "tier 2", a colon and a text`,
    read({ by, words, text }) {
      const months = numberIn(words.slice(0, 1), mostMonths);
      const plan = planIn(words.slice(1));
      if (months === undefined || plan === undefined) return undefined;
      return { kind: 'subscribe', by, plan, months, text };
    },
  },
  {
    verb: 'gifts',
    also: [],
    example: 'alice gifts 5',
    about: 'subscriptions; also: alice gifts bob, anonymous gifts 50 tier 2',
    takes: `a number of subscriptions from 1 to ${mostGifts} or the name of a viewer, then maybe "tier 2"`,
    read({ by, words, text }) {
      const [first = ''] = words;
      const plan = planIn(words.slice(1));
      const to = numberIn([first], mostGifts) ?? viewerIn([first]);
      if (to === undefined || plan === undefined || text !== '') return undefined;
      return { kind: 'gift', plan, to, ...(by.login === anonymous ? {} : { by }) };
    },
  },
  {
    verb: 'raids',
    also: [],
    example: 'bob raids 50',
    about: 'with 50 viewers',
    takes: `a number of viewers from 1 to ${mostViewers}`,
    read({ by, words, text }) {
      const [first, ...rest] = words;
      const viewers = numberIn(first === 'with' ? rest : words, mostViewers);
      return viewers === undefined || text !== '' ? undefined : { kind: 'raid', by, viewers };
    },
  },
  {
    verb: 'redeems',
    also: [],
    example: 'alice redeems REWARD: pink',
    about: "REWARD is a reward's title or id; a text where it asks for one",
    takes: "a reward's title or id, then maybe a colon and a text",
    read({ by, words, text }) {
      const reward = words.join(' ');
      return reward === '' ? undefined : { kind: 'redeem', by, reward, text };
    },
  },
  {
    verb: 'announces',
    also: [],
    example: 'mod announces: hello',
    about: 'also in a colour: mod announces purple: hello',
    takes: `maybe a colour (${announcementColors.join(', ')}), then a colon and a text`,
    read({ by, words, text }) {
      const color = announcementColors.find((each) => each === (words[0] ?? 'primary'));
      if (color === undefined || words.length > 1 || text === '') return undefined;
      return { kind: 'announce', by, color, text };
    },
  },
  {
    verb: 'times out',
    also: ['timeouts', 'times-out'],
    example: 'mod times out bob 60',
    about: `for 60 s; for ${usualTimeout} s without a number`,
    takes: `the name of a viewer, then maybe a number of seconds up to ${longestTimeout}`,
    read({ words, text }) {
      const login = viewerIn(words.slice(0, 1));
      const seconds = words.length > 1 ? numberIn(words.slice(1), longestTimeout) : usualTimeout;
      if (login === undefined || seconds === undefined || text !== '') return undefined;
      return { kind: 'timeout', login, seconds };
    },
  },
  {
    verb: 'bans',
    also: [],
    example: 'mod bans bob',
    about: 'for good',
    takes: 'the name of a viewer',
    read: ({ words, text }) => toViewer('ban', words, text),
  },
  {
    verb: 'deletes',
    also: [],
    example: 'mod deletes bob',
    about: 'what bob wrote last',
    takes: 'the name of a viewer, whose last line it is',
    read: ({ words, text }) => toViewer('delete', words, text),
  },
  {
    verb: 'clears',
    also: [],
    example: 'mod clears chat',
    about: 'every line of it',
    takes: 'the word "chat"',
    read: ({ words, text }) =>
      words.join() === 'chat' && text === '' ? { kind: 'clear' } : undefined,
  },
  ...viewerVerbs,
];

function toViewer(
  kind: 'ban' | 'delete',
  words: readonly string[],
  text: string,
): TwitchEvent | undefined {
  const login = viewerIn(words);
  return login === undefined || text !== '' ? undefined : { kind, login };
}

const plans: Readonly<Record<string, SubscriptionPlan>> = {
  '': '1000',
  prime: 'Prime',
  'tier 1': '1000',
  'tier 2': '2000',
  'tier 3': '3000',
};

function planIn(words: readonly string[]): SubscriptionPlan | undefined {
  const name = words.join(' ').toLowerCase();
  return Object.hasOwn(plans, name) ? plans[name] : undefined;
}
