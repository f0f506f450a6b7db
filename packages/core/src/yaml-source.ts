import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { ConfigProblem, Position } from './config-problem.js';

/** Keys and indexes from the top of a document to a node. */
export type YamlPath = readonly (string | number)[];

/** A YAML document that knows where each of its values stands. */
export class YamlSource {
  readonly document: Document;
  private readonly lines = new LineCounter();

  /**
   * @param file name shown in messages
   * @param text content; a byte order mark is ignored
   */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
  }

  /** Faults of YAML itself: syntax, duplicate keys. */
  get problems(): readonly ConfigProblem[] {
    return this.document.errors.map((error) => ({
      file: this.file,
      position: this.positionAt(error.pos[0]),
      message: sentence(error.message),
      hint: hintFor(error.code),
    }));
  }

  /** The value at `path`, or undefined. */
  node(path: YamlPath): Node | undefined {
    const node = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    return isNode(node) ? node : undefined;
  }

  /** Where the value at `path` stands, or the nearest thing around it. */
  position(path: YamlPath): Position {
    for (let length = path.length; length >= 0; length--) {
      const range = this.node(path.slice(0, length))?.range;
      if (range) return this.positionAt(range[0]);
    }
    return { line: 1, column: 1 };
  }

  /** Where `node` stands. */
  positionOf(node: Node): Position {
    return this.positionAt(node.range?.[0] ?? 0);
  }

  /** Where the key at the end of `path` stands. */
  keyPosition(path: YamlPath): Position {
    const parent = this.node(path.slice(0, -1));
    const name = path.at(-1);
    if (isMap(parent)) {
      const key = parent.items.find((pair) => keyOf(pair.key) === name)?.key;
      if (isNode(key) && key.range) return this.positionAt(key.range[0]);
    }
    return this.position(path);
  }

  /** The value at `path` as it is written, shortened; variables in it are not replaced. */
  written(path: YamlPath): string | undefined {
    const node = this.node(path);
    if (!node?.range) return undefined;
    if (!isScalar(node)) return isMap(node) ? 'a map' : 'a list';
    const written = this.text.slice(node.range[0], node.range[1]);
    const text = written.length > 60 ? `${written.slice(0, 60)}…` : written;
    const isText = typeof node.value === 'string' && !/^["']/.test(text);
    if (text === '') return 'nothing';
    return isText ? `"${text}"` : text;
  }

  private positionAt(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** The key of a pair as text. */
export function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

/** The text keys of a map. */
export function keysOf(map: YAMLMap): readonly string[] {
  return map.items.map((pair) => String(keyOf(pair.key)));
}

function sentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return line.replace(/ at line \d+, column \d+:?$/, '');
}

function hintFor(code: string): string | undefined {
  if (code === 'DUPLICATE_KEY') return 'Keep one of the two.';
  if (code === 'TAB_AS_INDENT') return 'Indent with spaces.';
  if (code === 'BAD_INDENT' || code === 'MISSING_CHAR') return 'Check the indentation and quotes.';
  return undefined;
}
