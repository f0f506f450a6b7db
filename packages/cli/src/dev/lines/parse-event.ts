import { nearest } from '@pertybot/core';
import { parseChannelLine } from './channel-lines.js';
import { type LineFault, readRoles } from './chat-line.js';
import type { EventLine, EventVerb } from './event-verb.js';
import { eventVerbs } from './event-verbs.js';
import type { TwitchEvent } from './twitch-event.js';

/** `alice[sub] cheers 100: great!`; a colon right behind the name makes it a line of chat. */
const form = /^@?([a-z0-9_]{1,25})\s*(?:\[([^\]]*)\])?\s+([^:]+?)\s*(?::\s*(.*))?$/isu;

/** `raid 50 by bob`, which is `bob raids 50`. */
const passive = /^([a-z]+)\s*([^:]*?)\s+by\s+@?([a-z0-9_]{1,25})\s*(:.*)?$/isu;

/** What happens, by the verb of who does it. */
const nouns: Readonly<Record<string, string>> = {
  cheer: 'cheers',
  sub: 'subscribes',
  subscription: 'subscribes',
  resub: 'resubscribes',
  gift: 'gifts',
  gifts: 'gifts',
  raid: 'raids',
  redemption: 'redeems',
  redeem: 'redeems',
  announcement: 'announces',
};

/** Characters beyond which a line holds more than a name, a verb and a text of Twitch's length. */
const longestLine = 1_000;

/** What a line lets happen. */
export type EventReading = TwitchEvent | LineFault;

/**
 * Reads a line that lets something happen in chat, such as `alice cheers 100`.
 * @returns undefined for a line of chat
 */
export function parseEvent(line: string): EventReading | undefined {
  if (line.length > longestLine) return undefined;
  const active = toActive(line);
  const ofChannel = active === line ? parseChannelLine(line) : undefined;
  if (ofChannel !== undefined) return ofChannel;
  const match = form.exec(active);
  const [, login = '', roleNames = '', said = '', text = ''] = match ?? [];
  if (match === null) return undefined;
  const roles = readRoles(roleNames);
  const by = { login: login.toLowerCase(), roles: 'fault' in roles ? [] : roles.list };
  const known = findVerb(said);
  if (known === undefined) return mistypedVerb({ active, said, by, text });
  if ('fault' in roles) return roles;
  const { verb, words } = known;
  return verb.read({ by, words, text: text.trim() }) ?? wrongWords(verb, active);
}

function toActive(line: string): string {
  const [, noun = '', rest = '', name = '', text = ''] = passive.exec(line) ?? [];
  const word = noun.toLowerCase();
  if (!Object.hasOwn(nouns, word)) return line;
  return [name, nouns[word], rest].filter(Boolean).join(' ') + text;
}

/** The verb with which `said` begins, and the words behind it. */
function findVerb(said: string): { verb: EventVerb; words: readonly string[] } | undefined {
  for (const verb of eventVerbs) {
    for (const word of [verb.verb, ...verb.also]) {
      const rest = wordsBehind(said, word);
      if (rest !== undefined) return { verb, words: rest };
    }
  }
  return undefined;
}

/** @returns undefined when `said` does not begin with `start` */
function wordsBehind(said: string, start: string): readonly string[] | undefined {
  const words = said.split(/\s+/);
  const count = start.split(' ').length;
  if (words.slice(0, count).join(' ').toLowerCase() !== start) return undefined;
  return words.slice(count);
}

function wrongWords({ verb, takes, example }: EventVerb, line: string): LineFault {
  const name = /^@?\w+/.exec(line)?.[0] ?? 'alice';
  return {
    fault: `"${verb}" takes ${takes}.`,
    hint: `Write such as ${example}; to say it in chat, put a name and a colon before it: ${name}: …`,
  };
}

/** A line that would fit if its verb were spelt otherwise was surely meant so; any other is chat. */
function mistypedVerb(
  line: Omit<EventLine, 'words'> & { readonly active: string; readonly said: string },
): LineFault | undefined {
  const [word = '', ...words] = line.said.split(/\s+/);
  const names = eventVerbs.flatMap(({ verb, also }) => [verb, ...also]);
  const meant = nearest(word, names) ?? (word.length > 2 ? begunBy(word, names) : undefined);
  const verb = eventVerbs.find((each) => each.verb === meant || each.also.includes(meant ?? ''));
  if (verb?.read({ by: line.by, words, text: line.text.trim() }) === undefined) return undefined;
  const mended = line.active.replace(word, verb.verb);
  return {
    fault: `Nobody can "${word}".`,
    hint: `Did you mean "${mended}"? To say it in chat, put a name and a colon before it.`,
  };
}

/** The only name that begins as `word` does: `sub` is `subscribes`. */
function begunBy(word: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith(word.toLowerCase()));
}
