import { duration, v } from '@pertybot/core';
import { described } from '../../described.js';
import { defineGadget } from '../gadget-kind.js';
import { Reaction, reaction, reactionEntries } from '../steps/reaction.js';
import { verb } from '../verbs/verb.js';
import { inputEntries, inputOptions } from './pin-entries.js';

/** A sensor that is on or off: motion, a door, a light barrier. */
export const sensor = defineGadget({
  type: 'sensor',
  about: 'An on/off sensor such as motion or a door: says or sets off something',
  entries: {
    ...inputEntries,
    ...reactionEntries,
    onClear: described(v.optional(reaction()), 'What it sets off when it no longer sees anything.'),
    active: described(
      v.optional(v.string(), 'active'),
      'What chat is told while it sees something.',
    ),
    quiet: described(v.optional(v.string(), 'quiet'), 'What chat is told while it does not.'),
    pause: described(v.optional(duration(), '30s'), 'Shortest time between two reactions.'),
  },
  switches: () => [],
  async create(context, config) {
    const { emit } = context;
    const detected = new Reaction(config, context, config.pause);
    const cleared = config.onClear && new Reaction(config.onClear, context, config.pause);
    const input = await context.input(
      config.pin,
      inputOptions(config, { pull: 'down', debounce: 50 }),
    );
    input.on('press', () => {
      emit('detect');
      return detected.fire();
    });
    input.on('release', () => {
      emit('clear');
      return cleared?.fire();
    });
    // What it sees as the bot comes tells no edge.
    if (input.state === 'pressed') detected.fireStop();
    else cleared?.fireStop();
    return {
      get state() {
        return input.state === 'pressed' ? config.active : config.quiet;
      },
      direct: 'state',
      verbs: { state: verb({ about: 'Says what it sees', run: async () => undefined }) },
    };
  },
});
