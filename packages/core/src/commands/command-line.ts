import type { ChatMessage } from '../contracts/chat.js';
import { reservedWord } from '../contracts/emergency-stop.js';
import { mayBePrefix, plainText, plainWord } from '../contracts/plain-word.js';
import type { ArgumentWords, Word } from './command-signature.js';

/** A chat line that begins like a command. */
interface CommandLine {
  /** Name as it was written, lower case. */
  readonly name: string;
  /** What stands behind the name. */
  readonly rest: string;
  /** The prefix is not as it ought to be: only what switches off is heard. */
  readonly isUrgentOnly?: true;
}

/** Characters of a line that are looked at; the rest is cut off. */
const longestLine = 2_000;

/** A line of chat. Its bits are looked at only where cheermotes may stand in a command. */
type ChatLine = Pick<ChatMessage, 'text' | 'bits'>;

/**
 * Reads the name of the command that a chat line calls.
 * @param prefix such as `!`
 * @returns undefined when the line is no command
 */
export function readCommandLine(message: ChatLine, prefix: string): CommandLine | undefined {
  // Twitch takes 500 characters; what else sends more must not make the bot work for it.
  const text =
    message.text.length > longestLine ? message.text.slice(0, longestLine) : message.text;
  const start = leadOf(message, text, prefix);
  if (!text.startsWith(prefix, start)) {
    return mayBePrefix(text, start, prefix) ? readUrgentLine(text.slice(start), prefix) : undefined;
  }
  const { name: written, rest } = splitName(text, start + prefix.length);
  const name = cleaned(written).toLowerCase();
  const reserved = reservedWord(name);
  if (reserved !== undefined) return { name: reserved, rest };
  if (isUnseen(name)) return readSpaced(rest);
  return { name, rest: message.bits > 0 ? withoutCheermotes(message, start, rest) : rest };
}

/** A line whose prefix is wide or hidden. */
function readUrgentLine(text: string, prefix: string): CommandLine | undefined {
  const line = plainText(text).trimStart();
  const plain = plainText(prefix);
  if (!line.startsWith(plain)) return undefined;
  const { name, rest } = splitName(line, plain.length);
  const word = plainWord(name);
  return word === '' ? readSpaced(rest) : { name: word, rest, isUrgentOnly: true };
}

/** A space behind the prefix keeps nobody from stopping everything. */
function readSpaced(behind: string): CommandLine | undefined {
  const { name, rest } = splitName(behind.trimStart(), 0);
  const word = reservedWord(name);
  return word === undefined ? undefined : { name: word, rest };
}

function isUnseen(name: string): boolean {
  return name === '' || (name.charCodeAt(0) > 0x7e && plainText(name) === '');
}

function splitName(text: string, from: number): CommandLine {
  let end = from;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
  return { name: text.slice(from, end), rest: text.slice(end) };
}

/** Takes out of `rest` the cheermotes that do not stand before `start`. */
function withoutCheermotes({ text, bits }: ChatLine, start: number, rest: string): string {
  return takeCheermotesOut(rest, bits - bitsIn(text.slice(0, start)));
}

/** Where the prefix would stand: first, or behind a leading reply mention or cheermotes. */
function leadOf(message: ChatLine, text: string, prefix: string): number {
  if (text.startsWith(prefix)) return 0;
  const first = text.charCodeAt(0);
  if (first === at || first === space) return lengthOfLead(message, text);
  return text.includes(prefix) && message.bits > 0 ? lengthOfLead(message, text) : 0;
}

function lengthOfLead({ bits }: ChatLine, text: string): number {
  const lead = bits > 0 ? leadWithCheermotes : leadingMention;
  return lead.exec(text)?.[0].length ?? 0;
}

const leadingMention = /^\s*(?:@\S+\s+)?/u;
const leadWithCheermotes = /^\s*(?:[A-Za-z]+\d+\s+)*(?:@\S+\s+)?(?:[A-Za-z]+\d+\s+)*/u;

const at = 64;
const space = 32;

function isSpace(code: number): boolean {
  return code === space || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
}

/** What chat clients put behind a line so that Twitch does not take it for a repetition. */
const filler = '\u{e0000}';

/** Takes spaces and fillers off the end. An expression that looks for the end is tried anew at each space. */
function cleaned(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  // Printable ASCII, as nearly always: nothing to take off.
  if (last > space && last < 0x7f) return text;
  for (let line = text; ; ) {
    const shorter = line.trimEnd();
    const width = shorter.endsWith(filler) ? filler.length : shorter.endsWith('\u034f') ? 1 : 0;
    if (width === 0) return shorter;
    line = shorter.slice(0, -width);
  }
}

/** Splits what stands behind a command's name; double quotes keep spaces. */
export function splitWords(rest: string): ArgumentWords {
  const line = cleaned(rest).trim();
  return { words: plainWords(line) ?? anyWords(line), line };
}

/** @returns undefined for a line that is not mere ASCII without quotes, as most are */
function plainWords(line: string): readonly Word[] | undefined {
  const words: Word[] = [];
  let start = 0;
  for (let index = 0; index <= line.length; index++) {
    const code = index < line.length ? line.charCodeAt(index) : space;
    if (code < space || code > 0x7e || code === quote) return undefined;
    if (code !== space) continue;
    if (index > start) words.push({ text: line.slice(start, index), start });
    start = index + 1;
  }
  return words;
}

const quote = 34;

const wordForm = /"((?:[^"\\]|\\.)*)"(?=\s|$)|(\S+)/gu;

function anyWords(line: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of line.matchAll(wordForm)) {
    const quoted = match[1]?.replace(/\\(.)/gu, '$1');
    words.push({ text: quoted ?? match[2] ?? '', start: match.index });
  }
  return words;
}

/** A cheermote such as `Cheer100`: a name, and how many bits it cheers. */
const form = /^[A-Za-z]+(\d{1,7})$/;

/** How many words are tried in every combination. */
const mostTried = 10;

/** The bits that the words of `text` would cheer, were each of the form of a cheermote one. */
function bitsIn(text: string): number {
  return text.split(/\s+/).reduce((sum, word) => sum + bitsOf(word), 0);
}

/**
 * Takes cheermotes out of a text. Their names are each channel's own, so that `led1` looks like one: they are
 * the words whose bits add up to what was cheered, the last ones where that is not clear.
 * @param bits that were cheered in the text
 */
function takeCheermotesOut(text: string, bits: number): string {
  if (bits <= 0) return text;
  // Odd places hold the spaces between the words, which stay as they are.
  const pieces = text.split(/(\s+)/);
  const places = [...pieces.keys()].filter((place) => bitsOf(pieces[place] ?? '') > 0);
  const amounts = places.map((place) => bitsOf(pieces[place] ?? ''));
  const chosen = choose(amounts, bits);
  const cheermotes = new Set(places.filter((_, index) => chosen?.has(index)));
  return pieces.filter((_, place) => !cheermotes.has(place) && !cheermotes.has(place + 1)).join('');
}

/** Which of `amounts` add up to `sum`: all, or the last of them that do. */
function choose(amounts: readonly number[], sum: number): ReadonlySet<number> | undefined {
  const all = amounts.map((_, index) => index);
  if (amounts.reduce((total, amount) => total + amount, 0) === sum) return new Set(all);
  const tried = all.slice(-mostTried);
  for (let mask = 2 ** tried.length - 1; mask > 0; mask--) {
    const taken = tried.filter((_, bit) => (mask >> bit) & 1);
    if (taken.reduce((total, index) => total + (amounts[index] ?? 0), 0) === sum) {
      return new Set(taken);
    }
  }
  return undefined;
}

function bitsOf(word: string): number {
  return Number(form.exec(word)?.[1] ?? 0);
}
