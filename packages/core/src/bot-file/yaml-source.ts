import {
  type Alias,
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { messageOf } from '../contracts/errors.js';
import { type ConfigProblem, mostProblems, type Position, type YamlPath } from './config-error.js';
import { describeSyntax, isFollowing } from './syntax-fault.js';
import { findUnseen } from './unseen-characters.js';

/** How often aliases may repeat what they name, all together. */
export const largestAliasCount = 100;

/** A YAML document that knows where each of its values stands. */
export class YamlSource {
  /** @internal */
  readonly document: Document;
  /** Why the text could not even be parsed. */
  private readonly failure: ConfigProblem | undefined;
  private readonly lines = new LineCounter();

  /**
   * @param file name shown in messages
   * @param text content; a byte order mark is ignored
   */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    // The parser compares each key with all before it; {@link doubleKeys} looks each up.
    const options = {
      lineCounter: this.lines,
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: false,
    } as const;
    try {
      this.document = parseDocument(text, options);
    } catch (error) {
      // The parser goes into each bracket by calling itself, until the stack is full.
      if (!isStackOverflow(error)) throw error;
      this.document = parseDocument('', options);
      this.failure = tooDeep(file, { line: 1, column: 1 });
    }
    // Or it catches that itself.
    const full = this.document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
    if (full) this.failure = tooDeep(file, this.positionAt(full.pos[0]));
  }

  /** Faults of YAML itself: syntax, duplicate keys, names that are not what they look like. */
  get problems(): readonly ConfigProblem[] {
    // What is not closed is found at the end of the file, where there is nothing to see.
    const end = Math.max(0, this.text.trimEnd().length - 1);
    if (this.failure) return [this.failure];
    const told = new Set<number>();
    const lines = new Set<number>();
    const ofParser = this.document.errors.slice(0, mostProblems).flatMap((error) => {
      const { line } = this.positionAt(error.pos[0]);
      if (isFollowing(error, { line, told: lines })) return [];
      lines.add(line);
      const { offset, message, hint } = describeSyntax(error, this.text, this.document);
      // What follows from it in the same place is no news.
      if (told.has(offset)) return [];
      told.add(offset);
      const position = this.positionAt(Math.min(offset, end));
      return [{ file: this.file, position, message, hint }];
    });
    return [...ofParser, ...this.doubleKeys(), ...this.unseenNames()];
  }

  private doubleKeys(): readonly ConfigProblem[] {
    const problems: ConfigProblem[] = [];
    visit(this.document, {
      Map: (_, { items }) => {
        const seen = new Set<unknown>();
        for (const { key } of items) {
          const isDouble = isScalar(key) && key.value !== '<<' && seen.has(key.value);
          seen.add(keyOf(key));
          if (!isDouble || problems.length >= mostProblems) continue;
          const position = this.positionOf(key);
          const message = 'this key stands twice';
          problems.push({ file: this.file, position, message, hint: 'Keep one of the two.' });
        }
      },
    });
    return problems;
  }

  private unseenNames(): readonly ConfigProblem[] {
    const found = [...findUnseen(this.document)].slice(0, mostProblems);
    return found.map(({ node, character }) => {
      const message = `this name has a character that cannot be seen: ${character}`;
      const hint = 'Type it anew; what was copied brought it along.';
      return { file: this.file, position: this.positionOf(node), message, hint };
    });
  }

  /** Whether nothing of the document can be relied on. */
  get isBroken(): boolean {
    return this.failure !== undefined || this.document.errors.length > 0;
  }

  /** The document as plain values, or why it has none: aliases that lead nowhere, or everywhere. */
  toJs(): { readonly value?: unknown; readonly problem?: ConfigProblem } {
    try {
      return { value: this.document.toJS({ maxAliasCount: largestAliasCount }) };
    } catch (error) {
      return { problem: this.aliasProblem(error) };
    }
  }

  private aliasProblem(error: unknown): ConfigProblem {
    let first: Alias | undefined;
    let broken: Alias | undefined;
    visit(this.document, {
      Alias: (_, alias) => {
        first ??= alias;
        if (!broken && alias.resolve(this.document) === undefined) broken = alias;
      },
    });
    const place = broken ?? first;
    const position = place ? this.positionOf(place) : { line: 1, column: 1 };
    if (broken) {
      const message = `nothing above is named "&${broken.source}"`;
      const hint = `Put a text that begins with * into quotes: "*${broken.source}"`;
      return { file: this.file, position, message, hint };
    }
    const why = /alias count/.test(messageOf(error)) ? 'its aliases repeat too much' : undefined;
    const hint = 'Use fewer YAML aliases (*name).';
    return { file: this.file, position, message: why ?? messageOf(error), hint };
  }

  /**
   * The value at `path`, or undefined.
   * @internal
   */
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

  /**
   * Where `node` stands.
   * @internal
   */
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

function tooDeep(file: string, position: Position): ConfigProblem {
  const message = 'its brackets or indentation go too deep';
  const hint = 'Check for a bracket that is repeated by mistake.';
  return { file, position, message, hint };
}

/** By name, since Node's own may come from another realm. */
function isStackOverflow(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'RangeError'
  );
}

/** The key of a pair as text. */
export function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}
