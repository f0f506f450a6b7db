import { isMap, isScalar, isSeq, type Node, type YAMLSeq } from 'yaml';
import { keyOf, type YamlSource } from '../yaml-source.js';

/** The list `plugins:` of a plugins.yaml, as it is written. */
export class BotFileList {
  constructor(readonly source: YamlSource) {}

  get text(): string {
    return this.source.text;
  }

  get items(): readonly Node[] {
    // An item of a parsed list is a node.
    return (this.node?.items ?? []) as Node[];
  }

  /** Whether it stands in brackets. */
  get isInline(): boolean {
    return this.node?.flow === true;
  }

  /** Behind the colon of `plugins:`; undefined where there is no such key. */
  get keyEnd(): number | undefined {
    const { contents } = this.source.document;
    if (!isMap(contents)) return undefined;
    const key = contents.items.find((pair) => keyOf(pair.key) === 'plugins')?.key;
    const range = isScalar(key) ? key.range : undefined;
    return range && this.text[range[1]] === ':' ? range[1] + 1 : undefined;
  }

  /** Whether a blank line stands before the last entry or its comments. */
  get isSpaced(): boolean {
    if (this.items.length < 2) return false;
    const from = this.items.at(-2)?.range?.[1] ?? 0;
    const to = this.items.at(-1)?.range?.[0] ?? 0;
    return /\n[ \t]*\r?\n/.test(this.text.slice(lineEnd(this.text, from - 1), to));
  }

  /** Spaces before the dash of an entry; undefined where that shares no line with its content. */
  indentOf(item: Node): string | undefined {
    const start = item.range?.[0] ?? 0;
    const before = this.text.slice(lineStart(this.text, start), start);
    return /^([ ]*)-[ ]+$/.exec(before)?.[1];
  }

  /** The whole lines of an entry. */
  linesOf(item: Node): TextSpan {
    const [start = 0, end = 0] = item.range ?? [];
    return entryLines(this.text, { start, end });
  }

  private get node(): YAMLSeq | undefined {
    const plugins = this.source.node(['plugins']);
    return isSeq(plugins) ? plugins : undefined;
  }
}

/** A part of a text, from one offset to another. */
interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Where the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of `offset` ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Puts `indent` before every line of a block, without the line break at its end. */
export function indentBlock(block: string, indent: string): string {
  const lines = block.trimEnd().split('\n');
  return lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
}

/** Inserts whole lines at the beginning of a line; a text that ends without a line break goes on to do so. */
export function insertLines(text: string, offset: number, lines: string): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const written = lines.replaceAll('\n', lineBreak);
  const isOpen = offset > 0 && text[offset - 1] !== '\n';
  return isOpen
    ? text.slice(0, offset) + lineBreak + written
    : text.slice(0, offset) + written + lineBreak + text.slice(offset);
}

/** Where the line begins that follows the content which ends at `offset`. */
export function lineAfter(text: string, offset: number): number {
  return text[offset - 1] === '\n' ? offset : nextLine(text, offset);
}

/**
 * The whole lines of an entry of a list: those of its content, and the comments below it that are
 * indented deeper than its dash.
 */
function entryLines(text: string, { start, end }: TextSpan): TextSpan {
  const from = lineStart(text, start);
  const indent = /^ */.exec(text.slice(from))?.[0].length ?? 0;
  let to = lineAfter(text, end);
  for (let at = to; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const depth = /^ *(?=#)/.exec(line)?.[0].length ?? -1;
    if (depth > indent) to = nextLine(text, at);
    else if (line.trim() !== '') break;
  }
  return { start: from, end: to };
}

/** What {@link cutEntryLines} has to know of the list around an entry. */
interface EntryPlace {
  /** Where the lines of the entry before it end, or the line of the list's key. */
  readonly floor: number;
  readonly isFirst: boolean;
}

/**
 * Cuts the lines of an entry, with the comments right above it and the blank line that set it apart.
 * A text that had no line break at its end has none then, either.
 */
export function cutEntryLines(
  text: string,
  lines: TextSpan,
  { floor, isFirst }: EntryPlace,
): string {
  let from = lines.start;
  while (from > floor && /^\s*#/.test(lineAbove(text, from))) from = lineStart(text, from - 1);
  let to = lines.end;
  if (from > floor && lineAbove(text, from).trim() === '') from = lineStart(text, from - 1);
  else if (isFirst && text.slice(to, lineEnd(text, to)).trim() === '') to = nextLine(text, to);
  const before = text.slice(0, from);
  const isOpen = to >= text.length && !text.endsWith('\n');
  return isOpen ? before.replace(/\r?\n$/, '') : before + text.slice(to);
}

function lineAbove(text: string, offset: number): string {
  return text.slice(lineStart(text, offset - 1), offset);
}

function nextLine(text: string, offset: number): number {
  return Math.min(text.length, lineEnd(text, offset) + 1);
}
