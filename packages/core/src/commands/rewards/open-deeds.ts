import { type Refusal, refuse } from '../../contracts/command.js';
import type { Undo } from '../../contracts/consumer.js';
import type { Deed } from './deed.js';

/** Redemptions of one reward that may be undecided at once. */
const mostOpen = 1_000;

/** All redemptions that are being done, so that none is left undecided. */
export class OpenDeeds {
  private readonly deeds = new Set<Deed>();
  private readonly counts = new Map<string, number>();
  private readonly bySignal = new WeakMap<AbortSignal, Set<Deed>>();

  /** Whether no more of a reward may begin. */
  isFull(reward: string): boolean {
    return (this.counts.get(reward) ?? 0) >= mostOpen;
  }

  /**
   * Adds one that begins.
   * @param signal of the plugin that does it: with that it is decided
   * @returns forgets it
   */
  add(deed: Deed, reward: string, signal: AbortSignal): Undo {
    this.deeds.add(deed);
    this.counts.set(reward, (this.counts.get(reward) ?? 0) + 1);
    const ofPlugin = this.of(signal);
    ofPlugin.add(deed);
    return () => {
      if (!this.deeds.delete(deed)) return;
      ofPlugin.delete(deed);
      const left = (this.counts.get(reward) ?? 1) - 1;
      if (left === 0) this.counts.delete(reward);
      else this.counts.set(reward, left);
    };
  }

  /** Decides those for which nothing has moved. */
  closeUnmoved(refusal: Refusal): void {
    for (const deed of [...this.deeds]) if (!deed.hasMoved) deed.close(refusal);
  }

  /** Decides all of them. */
  closeAll(refusal: Refusal): void {
    for (const deed of [...this.deeds]) deed.close(refusal);
  }

  /** One listener on a plugin's signal serves all of its redemptions. */
  private of(signal: AbortSignal): Set<Deed> {
    const known = this.bySignal.get(signal);
    if (known !== undefined) return known;
    const deeds = new Set<Deed>();
    this.bySignal.set(signal, deeds);
    const closeAll = () => {
      const refusal = refuse('stopping');
      for (const deed of [...deeds]) deed.close(refusal);
    };
    signal.addEventListener('abort', closeAll, { once: true });
    return deeds;
  }
}
