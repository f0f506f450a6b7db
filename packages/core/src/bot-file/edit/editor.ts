import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { defaultId, packageNames } from '../../load/plugin-use.js';
import { toConfigError } from '../bot-file.js';
import { ConfigError } from '../config-error.js';
import { keyOf, YamlSource } from '../yaml-source.js';
import { addEntry, cutEntry } from './entry-text.js';
import { BotFileList, insertLines, lineAfter, lineStart } from './list.js';

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
 * `${…}` stay, and what was added goes again without a trace.
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
    return this.list.items.flatMap((item) => this.toEntry(item) ?? []);
  }
  /** Adds an entry at the end. */
  add({ use, id, config, comment }: NewEntry): void {
    const value = { use, ...(id ? { id } : {}), ...(config ? { config } : {}) };
    const comments = comment?.split('\n').map((line) => `#${line}`) ?? [];
    this.parse(addEntry(this.list, { value, comments }));
  }

  /**
   * Removes the entry of an id, or all that use a plugin.
   * @returns how many were removed
   */
  remove(useOrId: string): number {
    const indexes = this.indexesOf(useOrId);
    for (const index of [...indexes].reverse()) {
      this.parse(cutEntry(this.list, index));
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
    const item = this.list.items[index];
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
      this.parse(insertLines(source.text, lineAfter(source.text, key.range[1]), line));
    } else if (!enabled) {
      source.document.setIn(['plugins', index, 'enabled'], false);
      this.parse(source.document.toString({ lineWidth: 0 }));
    }
  }

  private parse(text: string): void {
    this.source = new YamlSource('plugins.yaml', text);
  }

  private get list(): BotFileList {
    return new BotFileList(this.source);
  }

  private toEntry(item: Node): ListedEntry | undefined {
    if (!isMap(item)) return undefined;
    const use = String(item.get('use') ?? '');
    const id = String(item.get('id') ?? defaultId(use));
    const { line } = this.source.positionOf(item);
    return { id, use, enabled: item.get('enabled') !== false, line };
  }

  private indexesOf(useOrId: string): readonly number[] {
    const names = packageNames(useOrId);
    const entries = this.list.items.map((item) => this.toEntry(item));
    const byId = entries.flatMap((entry, index) => (entry?.id === useOrId ? [index] : []));
    if (byId.length > 0) return byId;
    return entries.flatMap((entry, index) => {
      const isSame =
        entry?.use === useOrId ||
        (entry && packageNames(entry.use).some((name) => names.includes(name)));
      return isSame ? [index] : [];
    });
  }
}
