import { described } from '../../described.js';
import { defineGadget } from '../gadget-kind.js';
import { lengthOf, playSteps, steps } from '../steps/steps.js';
import { isOngoing, verb } from '../verbs/verb.js';

/** Several gadgets, one after the other. */
export const sequence = defineGadget({
  type: 'sequence',
  about: 'Steps of other gadgets, one after the other',
  busy: 'refuse',
  entries: { steps: described(steps(), 'Its steps, such as [lamp on, wait 500ms, lamp off].') },
  switches: () => [],
  async create({ find, sleep }, config) {
    let playing = false;
    const measure = oneAtATime(() => lengthOf(config.steps, find), Number.POSITIVE_INFINITY);
    return {
      drives: [...new Set(config.steps.flatMap((step) => ('gadget' in step ? step.gadget : [])))],
      get state() {
        return playing ? 'playing' : 'idle';
      },
      direct: 'play',
      verbs: {
        play: verb({
          about: 'Plays the steps',
          reply: 'gadget.begins',
          // Its gadgets may be built later than it is.
          get lasts() {
            return measure();
          },
          async run({ signal }) {
            const result = await playSteps(config.steps, { find, sleep }, signal);
            if (!isOngoing(result)) return result;
            playing = true;
            const done = () => {
              playing = false;
            };
            return { rest: result.rest.finally(done), lasts: measure() };
          },
        }),
        off: verb({
          about: 'Ends it and switches its gadgets off',
          urgent: true,
          reply: 'gadget.ends',
          lasts: 0,
          run: async () => undefined,
        }),
      },
    };
  },
});

/** Makes a function that gives `otherwise` when it is called from within itself. */
function oneAtATime<Result>(work: () => Result, otherwise: Result): () => Result {
  let running = false;
  return () => {
    if (running) return otherwise;
    running = true;
    try {
      return work();
    } finally {
      running = false;
    }
  };
}
