import { isMap, isSeq, stringify, YAMLMap, YAMLSeq } from 'yaml';
import { indentBlock, insertLines, lineAfter, lineEnd } from './lines.js';
import type { BotFileList } from './list.js';

/** What an entry holds, and the lines of a comment below it. */
export interface EntryText {
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
  const place = keyEnd === undefined ? placeForKey(list) : placeBelowKey(text, keyEnd);
  return place && { ...place, indent: '  ', isSpaced };
}

/** An empty list leaves its line, and the list begins below. */
function placeBelowKey(text: string, keyEnd: number): Pick<Place, 'at' | 'text'> | undefined {
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
