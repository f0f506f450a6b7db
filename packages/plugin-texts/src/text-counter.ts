import { messageOf, type PluginContext } from '@pertybot/core';

/** Counts how often texts are said, across restarts. A store that fails costs the memory of it, never the text. */
export class TextCounter {
  /** By key, while the store fails. */
  private readonly last = new Map<string, number>();

  constructor(private readonly context: Pick<PluginContext, 'store' | 'log'>) {}

  /** @returns how often it was said, this time counted */
  async countUp(key: string): Promise<number> {
    const { store, log } = this.context;
    const before = this.last.get(key);
    try {
      const next = (stored: unknown) => Math.max(toCount(stored), before ?? 0) + 1;
      const count = toCount(await store.update(key, next));
      this.last.set(key, count);
      return count;
    } catch (error) {
      const count = (before ?? 0) + 1;
      this.last.set(key, count);
      log.warn(`How often "${key}" was said could not be kept: ${messageOf(error)}`, { error });
      return count;
    }
  }
}

/** What is no count was never one. */
function toCount(value: unknown): number {
  const count = Number(value ?? 0);
  return Number.isFinite(count) ? count : 0;
}
