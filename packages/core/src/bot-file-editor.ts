import { isMap, isSeq, type Node, YAMLMap, YAMLSeq } from 'yaml';
import { toConfigError } from './bot-file.js';
import { ConfigError } from './config-error.js';
import { defaultId, packageNames } from './plugin-use.js';
import { YamlSource } from './yaml-source.js';

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

/** Edits the document of a plugins.yaml: comments, order and `${…}` stay. */
export class BotFileEditor {
  private readonly source: YamlSource;

  /**
   * @param text content of plugins.yaml
   * @throws ConfigError when it is no YAML, or its `plugins:` is no list
   */
  constructor(text: string) {
    this.source = new YamlSource('plugins.yaml', text);
    if (this.source.problems.length > 0) throw toConfigError(this.source, this.source.problems);
    const plugins = this.source.node(['plugins']);
    if (plugins !== undefined && !isSeq(plugins) && this.source.document.get('plugins') !== null) {
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
    const { document } = this.source;
    const entry = document.createNode({
      use,
      ...(id ? { id } : {}),
      ...(config ? { config } : {}),
    });
    if (comment !== undefined) entry.comment = comment;
    if (!isMap(document.contents)) document.contents = new YAMLMap() as never;
    if (!isSeq(document.get('plugins', true))) document.set('plugins', new YAMLSeq());
    document.addIn(['plugins'], entry);
  }

  /**
   * Removes the entry of an id, or all that use a plugin.
   * @returns how many were removed
   */
  remove(useOrId: string): number {
    const indexes = this.indexesOf(useOrId);
    for (const index of [...indexes].reverse()) this.source.document.deleteIn(['plugins', index]);
    return indexes.length;
  }

  /**
   * Switches the entry of an id, or all that use a plugin, on or off.
   * @returns how many there are
   */
  setEnabled(useOrId: string, enabled: boolean): number {
    const indexes = this.indexesOf(useOrId);
    for (const index of indexes) {
      const path = ['plugins', index, 'enabled'];
      if (enabled) this.source.document.deleteIn(path);
      else this.source.document.setIn(path, false);
    }
    return indexes.length;
  }

  /** The edited text. */
  toString(): string {
    return this.source.document.toString({ lineWidth: 0 });
  }

  private get items(): readonly unknown[] {
    const plugins: Node | undefined = this.source.node(['plugins']);
    return isSeq(plugins) ? plugins.items : [];
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
