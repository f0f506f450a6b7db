import { isMap, isScalar, isSeq, type Node, stringify, YAMLMap, YAMLSeq } from 'yaml';
import { toConfigError } from './bot-file.js';
import { cutEntry, indentBlock, insertAfterLine, lineEnd, lineStart } from './bot-file-lines.js';
import { ConfigError } from './config-error.js';
import { defaultId, packageNames } from './plugin-use.js';
import { keyOf, YamlSource } from './yaml-source.js';

/** A new entry of plugins.yaml. */
export interface NewEntry {
  readonly use: string;
  readonly id?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Lines of a comment below the entry. */
  readonly comment?: string;
}

/** An entry as it stands in plugins.yaml. */
export interface ListedEntry {
  readonly id: string;
  readonly use: string;
  readonly enabled: boolean;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Edits the text of a plugins.yaml: only the lines of an entry change, so comments, order, spacing and
 * `${…}` stay. Where the list is written on one line, the document is edited instead.
 */
export class BotFileEditor {
  private source: YamlSource;

  /**
   * @param text content of plugins.yaml
   * @throws ConfigError when it is no YAML, or its `plugins:` is no list
   */
  constructor(text: string) {
    this.source = new YamlSource('plugins.yaml', text);
    if (this.source.problems.length > 0) throw toConfigError(this.source, this.source.problems);
    const plugins = this.source.node(['plugins']);
    const isEmpty = plugins === undefined || (isScalar(plugins) && plugins.value === null);
    if (!isEmpty && !isSeq(plugins)) {
      const message = 'In plugins.yaml, "plugins:" is not a list.';
      const hint = 'Write each plugin below it as "- use: …".';
      throw new ConfigError('CONFIG_INVALID', message, { hint });
    }
  }

  get entries(): readonly ListedEntry[] {
    return this.items.flatMap((item) => {
      if (!isMap(item)) return [];
      const use = String(item.get('use') ?? '');
      const id = String(item.get('id') ?? defaultId(use));
      const { line } = this.source.positionOf(item);
      return [{ id, use, enabled: item.get('enabled') !== false, line }];
    });
  }

  /** Adds an entry at the end. */
  add({ use, id, config, comment }: NewEntry): void {
    const value = { use, ...(id ? { id } : {}), ...(config ? { config } : {}) };
    const last = this.items.at(-1);
    const { text } = this.source;
    const indent = last?.range ? dashIndent(text, last.range[0]) : undefined;
    if (!last?.range || indent === undefined) {
      this.addToDocument(value, comment);
      return;
    }
    const entry = indentBlock(stringify([value], { lineWidth: 0 }), indent);
    const comments = comment?.split('\n').map((line) => `${indent}  #${line}`.trimEnd());
    const added = [entry, ...(comments ?? [])].join('\n');
    const spaced = this.items.length > 1 && isSpaced(text, this.items);
    this.parse(insertAfterLine(text, last.range[1], spaced ? `\n${added}` : added));
  }

  /**
   * Removes the entry of an id, or all that use a plugin.
   * @returns how many were removed
   */
  remove(useOrId: string): number {
    const indexes = this.indexesOf(useOrId);
    for (const index of [...indexes].reverse()) {
      const range = this.items[index]?.range;
      const { text, document } = this.source;
      if (range && this.items.length > 1 && dashIndent(text, range[0]) !== undefined) {
        this.parse(cutEntry(text, range[0], range[1]));
        continue;
      }
      document.deleteIn(['plugins', index]);
      this.parse(this.print());
    }
    return indexes.length;
  }

  /**
   * Switches the entry of an id, or all that use a plugin, on or off.
   * @returns how many there are
   */
  setEnabled(useOrId: string, enabled: boolean): number {
    const indexes = this.indexesOf(useOrId);
    for (const index of indexes) this.switchEntry(index, enabled);
    return indexes.length;
  }

  /** The edited text. */
  toString(): string {
    return this.source.text;
  }

  private switchEntry(index: number, enabled: boolean): void {
    const { source } = this;
    const item = this.items[index];
    if (!isMap(item)) return;
    const written = source.node(['plugins', index, 'enabled']);
    const use = item.items.find((pair) => keyOf(pair.key) === 'use');
    const key = use?.key;
    if (written?.range) {
      const [start, end] = written.range;
      this.parse(source.text.slice(0, start) + String(enabled) + source.text.slice(end));
    } else if (!enabled && isScalar(key) && key.range && !item.flow) {
      const column = key.range[0] - lineStart(source.text, key.range[0]);
      const line = `${' '.repeat(column)}enabled: false`;
      this.parse(insertAfterLine(source.text, key.range[1], line));
    } else if (!enabled) {
      source.document.setIn(['plugins', index, 'enabled'], false);
      this.parse(this.print());
    }
  }

  private addToDocument(value: Readonly<Record<string, unknown>>, comment?: string): void {
    const { document } = this.source;
    const entry = document.createNode(value);
    if (comment !== undefined) entry.comment = comment;
    // An empty document has no contents to put a list into.
    if (!isMap(document.contents)) document.contents = new YAMLMap() as never;
    if (!isSeq(document.get('plugins', true))) document.set('plugins', new YAMLSeq());
    const plugins = document.get('plugins', true);
    if (isSeq(plugins) && plugins.items.length === 0) plugins.flow = false;
    document.addIn(['plugins'], entry);
    this.parse(this.print());
  }

  private print(): string {
    return this.source.document.toString({ lineWidth: 0 });
  }

  private parse(text: string): void {
    this.source = new YamlSource('plugins.yaml', text);
  }

  private get items(): readonly Node[] {
    const plugins = this.source.node(['plugins']);
    // An item of a parsed list is a node.
    return isSeq(plugins) ? (plugins.items as Node[]) : [];
  }

  private indexesOf(useOrId: string): readonly number[] {
    const names = packageNames(useOrId);
    const { entries } = this;
    const byId = entries.flatMap((entry, index) => (entry.id === useOrId ? [index] : []));
    if (byId.length > 0) return byId;
    return entries.flatMap((entry, index) => {
      const same =
        entry.use === useOrId || packageNames(entry.use).some((name) => names.includes(name));
      return same ? [index] : [];
    });
  }
}

/** Spaces before the dash of the entry at `offset`; undefined where it has no line of its own. */
function dashIndent(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^([ ]*)-[ ]+$/.exec(before)?.[1];
}

/** Whether a blank line stands before the last entry or its comments. */
function isSpaced(text: string, items: readonly Node[]): boolean {
  const from = items.at(-2)?.range?.[1] ?? 0;
  const to = items.at(-1)?.range?.[0] ?? 0;
  return /\n[ \t]*\r?\n/.test(text.slice(lineEnd(text, from - 1), to));
}
