import { definePlugin, type Plugin } from '@pertybot/core';
import {
  defineGadget,
  type GadgetContext,
  Gadgets,
  type Output,
  pinName,
  type Verb,
  verb,
} from '@pertybot/plugin-gpio';

/** Brings the type `deaf`, a pin with verbs that do not hear that they should end, and `off`. */
export function deafPlugin(
  verbs: (siren: Output, context: GadgetContext) => Readonly<Record<string, Verb>>,
): Plugin {
  return definePlugin({
    name: 'deaf-plugin',
    needs: { gadgets: Gadgets },
    start: async ({ gadgets }) => {
      const type = defineGadget({
        type: 'deaf',
        about: 'Goes on, whatever is said',
        entries: { pin: pinName() },
        async create(context, { pin }) {
          const siren = await context.output(pin, { maxOn: '5s' });
          const off = verb({ about: 'Off', urgent: true, run: () => siren.off() });
          return {
            get state() {
              return siren.state;
            },
            verbs: { ...verbs(siren, context), off },
          };
        },
      });
      await gadgets.define(type);
    },
  });
}
