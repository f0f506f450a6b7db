import { AsyncResource } from 'node:async_hooks';
import type { Edge, Level } from './gpio-driver.js';

/** Those who listen to one input. */
export class EdgeListeners {
  private readonly listeners = new Set<(edge: Edge) => void>();

  /** @param level what the input reads as it is claimed */
  constructor(private level: Level) {}

  /** Returns the undo. The listener runs in the async context of whoever added it. */
  add(listener: (edge: Edge) => void): () => void {
    const bound = AsyncResource.bind((edge: Edge) => listener(edge));
    this.listeners.add(bound);
    return () => void this.listeners.delete(bound);
  }

  /**
   * Tells an edge, unless the level is the one that was told last: a contact may close and open
   * before anybody can look. A listener that throws keeps nothing from the others.
   */
  tell(edge: Edge): void {
    if (edge.level === this.level) return;
    this.level = edge.level;
    for (const listener of this.listeners) {
      queueMicrotask(() => {
        if (this.listeners.has(listener)) listener(edge);
      });
    }
  }

  clear(): void {
    this.listeners.clear();
  }
}
