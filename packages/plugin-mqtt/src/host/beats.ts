import type { PluginContext, Undo } from '@pertybot/core';
import { beatInterval } from '../protocol/times.js';

/** What a host says again and again to the nodes that are there: nothing wakes the machine for those that are away. */
export class Beats<Node> {
  private undo: Undo | undefined;

  constructor(
    private readonly every: PluginContext['every'],
    private readonly there: () => readonly Node[],
    private readonly beat: (there: readonly Node[]) => void,
  ) {}

  /** Begins or ceases, after a node came or went. */
  look(): void {
    if (this.there().length > 0) {
      this.undo ??= this.every(`${beatInterval}ms`, () => this.beat(this.there()));
      return;
    }
    this.undo?.();
    this.undo = undefined;
  }
}
