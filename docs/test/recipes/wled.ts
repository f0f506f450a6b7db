import { definePlugin, duration, v } from '@pertybot/core';
import { choice, defineGadget, Gadgets, verb } from '@pertybot/plugin-gpio';

const colors: Readonly<Record<string, readonly number[]>> = {
  white: [255, 255, 255],
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  purple: [160, 0, 255],
};

const wled = (isTrial: boolean) =>
  defineGadget({
    type: 'wled',
    about: 'A strip of LEDs behind WLED',
    entries: {
      host: v.pipe(v.string(), v.description('Name or address of the strip')),
      longest: v.pipe(v.optional(duration(), '10m'), v.description('How long it shines at most')),
    },
    async create({ sleep, onStop }, { host, longest }) {
      let state = 'off';
      const send = async (wanted: object) => {
        if (isTrial) return;
        const response = await fetch(`http://${host}/json/state`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(wanted),
          signal: AbortSignal.timeout(3_000),
        });
        if (!response.ok) throw new Error(`WLED answered ${response.status}.`);
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
              await send({ on: true, seg: [{ col: [colors[value]] }] });
              state = value;
              // Off by itself; whatever comes before that takes over.
              return { rest: sleep(longest, signal).then(off, () => undefined) };
            },
          }),
          off: verb({ about: 'Puts it out', urgent: true, lasts: 0, run: off }),
        },
      };
    },
  });

export default definePlugin({
  name: 'wled',
  about: 'Strips of LEDs behind WLED',
  needs: { gadgets: Gadgets },
  gadgets: [wled(true)],
  async start({ gadgets, isTrial }) {
    await gadgets.define(wled(isTrial));
  },
});
