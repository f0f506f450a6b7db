import { isMap, isSeq, stringify, YAMLMap, YAMLSeq } from 'yaml';
import {
  type BotFileList,
  cutEntryLines,
  indentBlock,
  insertLines,
  lineAfter,
  lineEnd,
} from './list.js';

/** What an entry holds, and the lines of a comment below it. */
interface EntryText {
  readonly value: object;
  readonly comments: readonly string[];
}

/** The text of a plugins.yaml with an entry more at the end of its list. */
export function addEntry(list: BotFileList, entry: EntryText): string {
  return addLines(list, entry) ?? addInline(list, entry) ?? addNode(list, entry);
}

/** @returns undefined where entries have no lines of their own */
function addLines(list: BotFileList, { value, comments }: EntryText): string | undefined {
  const place = findPlace(list);
  if (place === undefined) return undefined;
  const { indent, at, text, isSpaced } = place;
  const entry = indentBlock(stringify([value], { lineWidth: 0 }), indent);
  const below = comments.map((line) => `${indent}  ${line}`.trimEnd());
  return insertLines(text, at, [...(isSpaced ? [''] : []), entry, ...below].join('\n'));
}

/** Where the lines of a new entry go. */
interface Place {
  readonly indent: string;
  readonly at: number;
  /** Whether a blank line sets it apart. */
  readonly isSpaced: boolean;
  /** The text that is meant, in which `plugins:` waits for a list. */
  readonly text: string;
}

function findPlace(list: BotFileList): Place | undefined {
  const { text, items, keyEnd, isSpaced } = list;
  const last = items.at(-1);
  if (last !== undefined) {
    const indent = list.indentOf(last);
    return indent === undefined
      ? undefined
      : { indent, isSpaced, at: list.linesOf(last).end, text };
  }
  const place = keyEnd === undefined ? placeForKey(list) : placeBelowKey(list, keyEnd);
  return place && { ...place, indent: '  ', isSpaced };
}

/** An empty list leaves its line, and the list begins below. */
function placeBelowKey(
  { text, isInline }: BotFileList,
  keyEnd: number,
): Pick<Place, 'at' | 'text'> | undefined {
  // Brackets that stand further down may hold comments.
  if (isInline && !text.startsWith(' []', keyEnd)) return undefined;
  const rest = text.slice(keyEnd, lineEnd(text, keyEnd));
  if (!/^(?: \[\])?[ \t]*(?:#.*)?\r?$/.test(rest)) return undefined;
  const ready = text.slice(0, keyEnd) + text.slice(keyEnd).replace(/^ \[\]/, '');
  return { at: lineAfter(ready, keyEnd), text: ready };
}

/** A file without `plugins:` gets it at its end. */
function placeForKey({ source, text }: BotFileList): Pick<Place, 'at' | 'text'> | undefined {
  const { contents } = source.document;
  const isBlock = contents === null || (isMap(contents) && !contents.flow);
  if (!isBlock) return undefined;
  const ready = text === '' ? 'plugins:' : insertLines(text, text.length, 'plugins:').trimEnd();
  return { at: ready.length, text: ready };
}

/** @returns undefined where the list does not stand in brackets, or holds nothing */
function addInline(list: BotFileList, { value, comments }: EntryText): string | undefined {
  const { text, items } = list;
  const end = items.at(-1)?.range?.[1];
  if (end === undefined || !list.isInline) return undefined;
  const entry = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
  // A comment takes the rest of its line, so that what follows needs one of its own.
  const lines = [entry, ...comments].map((line) => `  ${line}`).join('\n');
  const added = comments.length === 0 ? `, ${entry}` : `,\n${lines}\n  `;
  const written = text.includes('\r\n') ? added.replaceAll('\n', '\r\n') : added;
  return text.slice(0, end) + written + text.slice(end);
}

/** Where it is written in no ordinary way, the document is edited, and printed anew. */
function addNode({ source: { document } }: BotFileList, { value, comments }: EntryText): string {
  const entry = document.createNode(value);
  if (comments.length > 0) entry.comment = comments.map((line) => line.slice(1)).join('\n');
  // An empty document has no contents to put a list into.
  if (!isMap(document.contents)) document.contents = new YAMLMap() as never;
  if (!isSeq(document.get('plugins', true))) document.set('plugins', new YAMLSeq());
  const plugins = document.get('plugins', true);
  if (isSeq(plugins) && plugins.items.length === 0) plugins.flow = false;
  document.addIn(['plugins'], entry);
  return document.toString({ lineWidth: 0 });
}

/** The text of a plugins.yaml without one of its entries. */
export function cutEntry(list: BotFileList, index: number): string {
  return cutLines(list, index) ?? cutInline(list, index) ?? cutNode(list, index);
}

/** @returns undefined where the entry has no lines of its own */
function cutLines(list: BotFileList, index: number): string | undefined {
  const { text, items, keyEnd } = list;
  const item = items[index];
  if (!item || keyEnd === undefined || list.indentOf(item) === undefined) return undefined;
  const previous = items[index - 1];
  const floor = previous ? list.linesOf(previous).end : lineAfter(text, keyEnd);
  const isOnly = items.length === 1;
  const isFirst = index === 0 && !isOnly;
  const cut = cutEntryLines(text, list.linesOf(item), { floor, isFirst });
  return isOnly ? `${cut.slice(0, keyEnd)} []${cut.slice(keyEnd)}` : cut;
}

/** @returns undefined where the list does not stand in brackets */
function cutInline(list: BotFileList, index: number): string | undefined {
  const { text, items } = list;
  const range = items[index]?.range;
  if (!range || !list.isInline) return undefined;
  const [start, end] = range;
  const previous = items[index - 1]?.range?.[1];
  const next = items[index + 1]?.range?.[0];
  if (previous === undefined) return text.slice(0, start) + text.slice(next ?? end);
  const comments = /^(?:\r?\n {2}#.*)+\r?\n {2}/.exec(text.slice(end))?.[0] ?? '';
  return text.slice(0, previous) + text.slice(end + comments.length);
}

function cutNode({ source: { document } }: BotFileList, index: number): string {
  document.deleteIn(['plugins', index]);
  return document.toString({ lineWidth: 0 });
}
