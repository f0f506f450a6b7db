import type { LineFault } from './chat-line.js';
import { numberIn, viewerIn } from './event-verb.js';
import type { TwitchEvent } from './twitch-event.js';

/** What can happen to a channel without anybody who does it: `go live`. */
export interface ChannelLine {
  /** The words that it begins with. */
  readonly start: string;
  /** A line that lets it happen. */
  readonly example: string;
  /** What else may be written. */
  readonly about: string;
  /** What it asks for, behind "takes". */
  readonly takes: string;
  /** @returns undefined when the words do not fit */
  read(words: readonly string[], text: string): TwitchEvent | undefined;
}

const mostViewers = 1_000_000;
const mostLevel = 100;
/** Twitch's longest break. */
const longestBreak = 180;
const mostVotes = 1_000_000;
const mostGoal = 1_000_000_000;

/** Every {@link ChannelLine}, the most usual first; of two that begin alike the longer one. */
export const channelLines: readonly ChannelLine[] = [
  alone('go live', 'the stream begins', { kind: 'goLive' }),
  alone('go offline', 'the stream ends', { kind: 'goOffline' }),
  {
    start: 'raid out',
    example: 'raid out bob 50',
    about: "50 viewers go over to bob's channel",
    takes: 'the name of a channel and a number of viewers',
    read(words, text) {
      const to = viewerIn(words.slice(0, 1));
      const viewers = numberIn(words.slice(1), mostViewers);
      if (to === undefined || viewers === undefined || text !== '') return undefined;
      return { kind: 'raidOut', to, viewers };
    },
  },
  {
    start: 'raid',
    example: 'raid 50',
    about: 'somebody raids with 50 viewers, as bob raids 50 does',
    takes: `a number of viewers from 1 to ${mostViewers}`,
    read(words, text) {
      const viewers = numberIn(words, mostViewers);
      const by = { login: 'raider', roles: [] };
      return viewers === undefined || text !== '' ? undefined : { kind: 'raid', by, viewers };
    },
  },
  alone('hype train ends', 'it has expired', { kind: 'hypeTrainEnd' }),
  {
    start: 'hype train',
    example: 'hype train 3',
    about: 'sets off, and rises to level 3; cheers move it on',
    takes: `maybe a level from 1 to ${mostLevel}`,
    read(words, text) {
      const level = words.length > 0 ? numberIn(words, mostLevel) : 1;
      return level === undefined || text !== '' ? undefined : { kind: 'hypeTrain', level };
    },
  },
  {
    start: 'poll votes',
    example: 'poll votes 5: red',
    about: 'five votes for red',
    takes: 'maybe a number, then a colon and a choice or its number',
    read(words, text) {
      const votes = words.length > 0 ? numberIn(words, mostVotes) : 1;
      return votes === undefined || text === '' ? undefined : { kind: 'vote', choice: text, votes };
    },
  },
  alone('poll ends', 'before its minute is over', { kind: 'pollEnd' }),
  {
    start: 'poll',
    example: 'poll Which colour: red, blue',
    about: 'for a minute',
    takes: 'a question, a colon and two to five choices with commas between',
    read(words, text) {
      const choices = choicesOf(text);
      const title = words.join(' ');
      if (title === '' || choices.length < 2 || choices.length > 5) return undefined;
      return { kind: 'poll', title, choices };
    },
  },
  alone('prediction locks', 'before its minute is over', { kind: 'predictionLock' }),
  alone('prediction is canceled', 'points are given back', { kind: 'predictionEnd' }),
  {
    start: 'prediction resolves',
    example: 'prediction resolves: yes',
    about: 'yes has won',
    takes: 'a colon and the outcome that won',
    read: (words, outcome) =>
      words.length > 0 || outcome === '' ? undefined : { kind: 'predictionEnd', outcome },
  },
  {
    start: 'prediction',
    example: 'prediction Will it work: yes, no',
    about: 'locked after a minute',
    takes: 'a question, a colon and two to ten outcomes with commas between',
    read(words, text) {
      const outcomes = choicesOf(text);
      const title = words.join(' ');
      if (title === '' || outcomes.length < 2 || outcomes.length > 10) return undefined;
      return { kind: 'prediction', title, outcomes };
    },
  },
  {
    start: 'ads',
    example: 'ads 60',
    about: 'begin, for 60 s',
    takes: `a number of seconds from 1 to ${longestBreak}`,
    read(words, text) {
      const seconds = numberIn(words, longestBreak);
      return seconds === undefined || text !== '' ? undefined : { kind: 'adBreak', seconds };
    },
  },
  {
    start: 'goal advances',
    example: 'goal advances 3',
    about: 'comes nearer by 3, and ends where it is reached',
    takes: 'a number',
    read(words, text) {
      const amount = numberIn(words, mostGoal);
      return amount === undefined || text !== '' ? undefined : { kind: 'goalAdvance', amount };
    },
  },
  {
    start: 'goal',
    example: 'goal 10: more followers',
    about: 'begins',
    takes: 'a number, then maybe a colon and a text',
    read(words, description) {
      const target = numberIn(words, mostGoal);
      return target === undefined ? undefined : { kind: 'goal', target, description };
    },
  },
  alone('charity stops', 'the campaign is over', { kind: 'charityStop' }),
  {
    start: 'charity',
    example: 'charity 500: Lamps for All',
    about: 'a campaign for 500 dollars begins',
    takes: 'an amount of dollars, a colon and the name of the charity',
    read(words, charity) {
      const target = numberIn(words, mostGoal);
      return target === undefined || charity === ''
        ? undefined
        : { kind: 'charity', target, charity };
    },
  },
  {
    start: 'shoutout',
    example: 'shoutout bob',
    about: "this channel praises bob's",
    takes: 'the name of a channel',
    read(words, text) {
      const to = viewerIn(words);
      return to === undefined || text !== '' ? undefined : { kind: 'shoutout', to };
    },
  },
  alone('shield on', 'a moderator puts up the shield', { kind: 'shieldUp' }),
  alone('shield off', 'and takes it down', { kind: 'shieldDown' }),
  renaming('title', 'title is Blinking all day'),
  renaming('category', 'category is Makers & Crafting'),
];

/**
 * Reads a line that lets something happen to the channel, such as `go live`.
 * @returns undefined for any other line
 */
export function parseChannelLine(line: string): TwitchEvent | LineFault | undefined {
  const [, said = '', text = ''] = /^([^:]+?)\s*(?::\s*(.*))?$/su.exec(line.trim()) ?? [];
  const words = said.split(/\s+/);
  for (const each of channelLines) {
    const count = each.start.split(' ').length;
    if (words.slice(0, count).join(' ').toLowerCase() !== each.start) continue;
    const event = each.read(words.slice(count), text.trim());
    if (event !== undefined) return event;
    // `raid: hello` is a line of somebody called so.
    if (words.length === count && count === 1) return undefined;
    return wrongWords(each);
  }
  return undefined;
}

function wrongWords({ start, takes, example }: ChannelLine): LineFault {
  return {
    fault: `"${start}" takes ${takes}.`,
    hint: `Write such as ${example}; to say it in chat, put a name and a colon before it: alice: …`,
  };
}

function alone(start: string, about: string, event: TwitchEvent): ChannelLine {
  const read = (words: readonly string[], text: string) =>
    words.length === 0 && text === '' ? event : undefined;
  return { start, example: start, about, takes: 'nothing', read };
}

function renaming(what: 'title' | 'category', example: string): ChannelLine {
  return {
    start: `${what} is`,
    example,
    about: `the stream has another ${what}`,
    takes: `a ${what}`,
    read(words, text) {
      const name = [words.join(' '), text].filter(Boolean).join(': ');
      return name === '' ? undefined : { kind: 'update', [what]: name };
    },
  };
}

function choicesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
