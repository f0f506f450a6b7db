import type { EventVerb } from './event-verb.js';
import { numberIn } from './event-verb.js';

const mostMoney = 1_000_000;
const mostBits = 100_000;
const usualBits = 30;

/** What somebody can do of which chat is not told, the most usual first. */
export const viewerVerbs: readonly EventVerb[] = [
  {
    verb: 'follows',
    also: [],
    example: 'alice follows',
    about: 'the channel',
    takes: 'nothing',
    read: ({ by, words, text }) =>
      words.length > 0 || text !== '' ? undefined : { kind: 'follow', by },
  },
  {
    verb: 'unsubscribes',
    also: ['unsubs'],
    example: 'alice unsubscribes',
    about: 'her subscription ends',
    takes: 'nothing',
    read: ({ by, words, text }) =>
      words.length > 0 || text !== '' ? undefined : { kind: 'unsubscribe', by },
  },
  {
    verb: 'powers up',
    also: [],
    example: 'alice powers up 30: hooray',
    about: 'a message with an effect, for bits',
    takes: `maybe a number of bits up to ${mostBits}, then a colon and a text`,
    read({ by, words, text }) {
      const bits = words.length > 0 ? numberIn(words, mostBits) : usualBits;
      return bits === undefined || text === '' ? undefined : { kind: 'powerUp', by, bits, text };
    },
  },
  {
    verb: 'highlights',
    also: [],
    example: 'alice highlights: look',
    about: "a message, by one of Twitch's own rewards",
    takes: 'a colon and a text',
    read: ({ by, words, text }) =>
      words.length > 0 || text === '' ? undefined : { kind: 'highlight', by, text },
  },
  {
    verb: 'donates',
    also: [],
    example: 'alice donates 10',
    about: 'to the charity, where a campaign runs',
    takes: 'an amount of dollars',
    read({ by, words, text }) {
      const amount = numberIn(words, mostMoney);
      return amount === undefined || text !== '' ? undefined : { kind: 'donate', by, amount };
    },
  },
  {
    verb: 'praises',
    also: [],
    example: 'bob praises us',
    about: "bob's channel gives this one a shoutout",
    takes: 'the word "us"',
    read: ({ by, words, text }) =>
      words.join(' ') === 'us' && text === '' ? { kind: 'praise', by } : undefined,
  },
  settling('refunds', 'CANCELED', 'the oldest open redemption of it'),
  settling('fulfils', 'FULFILLED', 'the same; Twitch keeps the points'),
];

/** What a moderator does in Twitch's own queue. */
function settling(verb: string, status: 'FULFILLED' | 'CANCELED', about: string): EventVerb {
  return {
    verb,
    also: verb === 'fulfils' ? ['fulfills'] : [],
    example: `mod ${verb} REWARD`,
    about,
    takes: "a reward's title or id",
    read({ words, text }) {
      const reward = words.join(' ');
      return reward === '' || text !== '' ? undefined : { kind: 'settle', reward, status };
    },
  };
}
