import { duration, type Undo, v } from '@pertybot/core';
import { described } from '../../described.js';
import { defineGadget } from '../gadget-kind.js';
import { Reaction, reaction, reactionEntries } from '../steps/reaction.js';
import { inputEntries, inputOptions } from './pin-entries.js';

/** A button between a pin and ground. */
export const button = defineGadget({
  type: 'button',
  about: 'A button: press, release and hold say or set off something',
  entries: {
    ...inputEntries,
    ...reactionEntries,
    hold: described(v.optional(duration(), '1s'), 'How long it is held for onHold.'),
    onHold: described(v.optional(reaction()), 'What holding it sets off.'),
    onRelease: described(v.optional(reaction()), 'What letting it go sets off.'),
    pause: described(v.optional(duration(), '500ms'), 'Shortest time between two reactions.'),
  },
  switches: () => [],
  async create(context, config) {
    const { clock, emit, onStop, onHalt } = context;
    const { pause } = config;
    const pressed = new Reaction(config, context, pause);
    const held = config.onHold && new Reaction(config.onHold, context, pause);
    const released = config.onRelease && new Reaction(config.onRelease, context, pause);
    const input = await context.input(
      config.pin,
      inputOptions(config, { pull: 'up', debounce: 20 }),
    );
    let cancel: Undo = () => {};
    onStop(() => cancel());
    onHalt(() => cancel());
    input.on('press', () => {
      emit('press');
      cancel = clock.after(config.hold, () => {
        emit('hold');
        void held?.fire();
      });
      return pressed.fire();
    });
    input.on('release', () => {
      cancel();
      emit('release');
      return released?.fire();
    });
    // One that was pressed before the bot came tells no edge, and a broken wire looks like it.
    if (input.state === 'pressed') {
      pressed.fireStop();
      if (config.onHold?.estop) cancel = clock.after(config.hold, () => held?.fireStop());
    } else released?.fireStop();
    return {
      get state() {
        return input.state;
      },
      verbs: {},
    };
  },
});
