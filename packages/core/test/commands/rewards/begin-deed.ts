import { Deed } from '../../../src/commands/rewards/deed.js';
import type { RedemptionOutcome } from '../../../src/contracts/reward.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';

/** The clock of a bot that may stand still: time goes on, and no timer runs. */
class BotClock extends ManualClock {
  private lost = 0;

  override now(): number {
    return super.now() + this.lost;
  }

  standStill(time: number): void {
    this.lost += time;
  }
}

/** A deed, and what became of it: `done`, the reason why the points are back, or `open`. */
export function beginDeed(willMove: (what: string | undefined) => void = () => {}) {
  const clock = new BotClock();
  const outcomes: RedemptionOutcome[] = [];
  const faults: unknown[] = [];
  const deed = new Deed({
    clock,
    willMove,
    onFault: (error) => faults.push(error),
    decided: (outcome) => outcomes.push(outcome),
  });
  const told = () => {
    const [outcome] = outcomes;
    if (outcome === undefined) return 'open';
    return outcome.moved ? 'done' : outcome.refusal.reason;
  };
  return { clock, deed, outcomes, faults, told };
}
