import { isMap, isScalar, isSeq, type Node, type YAMLSeq } from 'yaml';
import { keyOf, type YamlSource } from '../yaml-source.js';
import { entryLines, lineEnd, lineStart, type TextSpan } from './lines.js';

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
