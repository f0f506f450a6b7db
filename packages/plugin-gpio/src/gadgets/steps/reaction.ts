import { isRefusal, v } from '@pertybot/core';
import { described } from '../../described.js';
import type { GadgetContext } from '../gadget-kind.js';
import { GadgetRunner } from '../queue/gadget-runner.js';
import { playSteps, type Step, steps } from './steps.js';

/** Keys in plugins.yaml for what an input sets off. */
export const reactionEntries = {
  say: described(v.optional(v.string()), 'What is said in chat.'),
  run: described(v.optional(steps()), 'Steps of other gadgets, such as [lamp on, wait 1s].'),
  estop: described(
    v.optional(v.boolean(), false),
    'Stops everything, until the owner releases it.',
  ),
};

/** What an input sets off. */
export type ReactionConfig = v.InferOutput<v.StrictObjectSchema<typeof reactionEntries, undefined>>;

/** Schema of a reaction of its own in plugins.yaml. */
export function reaction() {
  return v.strictObject(reactionEntries);
}

/** Does what an input sets off. */
export class Reaction {
  private readonly runner: GadgetRunner;
  private last = Number.NEGATIVE_INFINITY;

  /** @param pause shortest time between two that are said or run, in milliseconds */
  constructor(
    private readonly config: ReactionConfig,
    private readonly context: GadgetContext,
    private readonly pause: number,
  ) {
    const { name, log } = context;
    const late = (problem: unknown) => {
      const what = isRefusal(problem) ? (problem.text ?? problem.reason) : String(problem);
      log.warn(`The steps of "${name}" ended early: ${what}`);
    };
    this.runner = new GadgetRunner(name, { name: 'refuse' }, late);
    const stop = () => void this.runner.stop();
    context.onStop(stop);
    context.onHalt(stop);
  }

  /** Does the emergency stop alone, if that is what it sets off. */
  fireStop(): void {
    if (this.config.estop) this.context.estop();
  }

  /** An emergency stop is never held back by the pause. */
  async fire(): Promise<void> {
    const { say, run, estop } = this.config;
    const { clock } = this.context;
    this.fireStop();
    const now = clock.now();
    if (now - this.last < this.pause) return;
    this.last = now;
    // The steps do not wait until it is said, which takes a while in a busy chat.
    const said = say === undefined ? undefined : this.context.say(say);
    await Promise.all([said, run && !estop ? this.play(run) : undefined]);
  }

  private async play(run: readonly Step[]): Promise<void> {
    const { log, name } = this.context;
    const result = await this.runner.run(({ signal }) => playSteps(run, this.context, signal));
    if (isRefusal(result)) log.info(`"${name}" set nothing off: ${result.text ?? result.reason}`);
  }
}
