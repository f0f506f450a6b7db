import { type Refusal, refuse } from '../../contracts/command.js';
import type { Redemption } from '../../contracts/redemption.js';

/** Redemptions that may wait for a yes; more are given back at once. */
const mostWaiting = 200;

interface Waiting {
  readonly redemption: Redemption;
  readonly title: string;
  /** @param refusal why it is not to be done; undefined for a yes */
  readonly end: (refusal?: Refusal) => void;
}

/** Redemptions that wait until a moderator says yes. */
export class Approvals {
  private readonly list = new Set<Waiting>();

  /** @param onChange told after something came or went */
  constructor(private readonly onChange: () => void) {}

  /** Those that wait, the oldest first. */
  get waiting(): readonly Redemption[] {
    return [...this.list].map(({ redemption }) => redemption);
  }

  /**
   * Waits for a yes.
   * @returns why it is not to be done; undefined after a yes
   */
  wait(redemption: Redemption, title: string, signal?: AbortSignal): Promise<Refusal | undefined> {
    if (this.list.size >= mostWaiting) return Promise.resolve(refuse('full'));
    return new Promise((resolve) => {
      const withdraw = () => waiting.end(refuse('withdrawn'));
      const waiting: Waiting = {
        redemption,
        title,
        end: (refusal) => {
          if (!this.list.delete(waiting)) return;
          signal?.removeEventListener('abort', withdraw);
          resolve(refusal);
          this.onChange();
        },
      };
      this.list.add(waiting);
      signal?.addEventListener('abort', withdraw, { once: true });
      if (signal?.aborted) withdraw();
      else this.onChange();
    });
  }

  /** Says yes to one. @returns whether it waited */
  approve(id: string): boolean {
    const found = [...this.list].find(({ redemption }) => redemption.id === id);
    found?.end();
    return found !== undefined;
  }

  /** What a viewer waits for in a channel, by the login or the name that is shown, oldest first. */
  of(viewer: string, channel: string): readonly { readonly id: string; readonly title: string }[] {
    const name = viewer.toLowerCase();
    return [...this.list]
      .filter(({ redemption: { user, channel: where } }) => {
        const isHim = user.login === name || user.displayName.toLowerCase() === name;
        return isHim && where === channel;
      })
      .map(({ redemption: { id }, title }) => ({ id, title }));
  }

  /** Refuses what waits, or those of it that `fits` names. */
  refuseAll(refusal: Refusal, fits: (redemption: Redemption) => boolean = () => true): void {
    for (const each of [...this.list]) if (fits(each.redemption)) each.end(refusal);
  }
}
