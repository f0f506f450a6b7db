import { definePlugin, duration, v } from '@pertybot/core';
import { choice, defineGadget, Gadgets, verb } from '@pertybot/plugin-gpio';

/** Hue from 0 to 65535, and how much of it. */
const colors: Readonly<Record<string, { hue: number; sat: number }>> = {
  white: { hue: 0, sat: 0 },
  red: { hue: 0, sat: 254 },
  green: { hue: 25_500, sat: 254 },
  blue: { hue: 46_920, sat: 254 },
  purple: { hue: 50_000, sat: 254 },
};

const answer = v.array(v.object({ error: v.optional(v.object({ description: v.string() })) }));

const hue = (isTrial: boolean) =>
  defineGadget({
    type: 'hue',
    about: 'A lamp of Philips Hue',
    entries: {
      bridge: v.pipe(v.string(), v.description('Name or address of the bridge')),
      key: v.pipe(v.string(), v.minLength(1), v.description('What the bridge gave you, a secret')),
      light: v.pipe(v.number(), v.description('Number of the lamp')),
      longest: v.pipe(v.optional(duration(), '10m'), v.description('How long it shines at most')),
    },
    async create({ sleep, onStop }, { bridge, key, light, longest }) {
      let state = 'off';
      const send = async (wanted: object) => {
        if (isTrial) return;
        const response = await fetch(`http://${bridge}/api/${key}/lights/${light}/state`, {
          method: 'PUT',
          body: JSON.stringify(wanted),
          signal: AbortSignal.timeout(3_000),
        });
        if (!response.ok) throw new Error(`The bridge answered ${response.status}.`);
        // It says 200 to what it does not do, too.
        const fault = v.parse(answer, await response.json()).find(({ error }) => error)?.error;
        if (fault) throw new Error(`The bridge says: ${fault.description}`);
      };
      const off = async () => {
        await send({ on: false });
        state = 'off';
        return undefined;
      };
      onStop(() => void off().catch(() => undefined));
      return {
        get state() {
          return state;
        },
        direct: 'on',
        switchOff: off,
        verbs: {
          on: verb({
            about: 'Lights it, in a colour',
            value: choice('colour', Object.keys(colors)),
            lasts: longest,
            run: async ({ value = 'white', signal }) => {
              await send({ on: true, bri: 254, ...colors[value] });
              state = value;
              return { rest: sleep(longest, signal).then(off, () => undefined) };
            },
          }),
          off: verb({ about: 'Puts it out', urgent: true, lasts: 0, run: off }),
        },
      };
    },
  });

export default definePlugin({
  name: 'hue',
  about: 'Lamps of Philips Hue',
  needs: { gadgets: Gadgets },
  gadgets: [hue(true)],
  async start({ gadgets, isTrial }) {
    await gadgets.define(hue(isTrial));
  },
});
