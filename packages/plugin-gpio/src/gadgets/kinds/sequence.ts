import { defineGadget } from '../gadget-kind.js';
import { playSteps, steps } from '../steps.js';
import { isOngoing, verb } from '../verb.js';

/** Several gadgets, one after the other. */
export const sequence = defineGadget({
  type: 'sequence',
  about: 'Steps of other gadgets, one after the other',
  busy: 'refuse',
  entries: { steps: steps() },
  async create({ find, sleep }, config) {
    let playing = false;
    return {
      get state() {
        return playing ? 'playing' : 'idle';
      },
      direct: 'play',
      verbs: {
        play: verb({
          about: 'Plays the steps',
          reply: '{gadget} begins',
          async run({ signal }) {
            const result = await playSteps(config.steps, { find, sleep }, signal);
            if (!isOngoing(result)) return result;
            playing = true;
            const done = () => {
              playing = false;
            };
            return { rest: result.rest.finally(done) };
          },
        }),
        off: verb({
          about: 'Ends it and switches its gadgets off',
          urgent: true,
          reply: '{gadget} ends',
          run: async () => undefined,
        }),
      },
    };
  },
});
