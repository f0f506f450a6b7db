// A kind of gadget of one's own: several strings of lights as one. plugins.yaml names it as a type, and
// it gets a command, votes, a queue and the guard's limits like those that come with PertyBot.
import { definePlugin, duration, isRefusal, v } from '@pertybot/core';
import {
  count,
  defineGadget,
  Gadgets,
  limitsOf,
  type Output,
  outputEntries,
  pinName,
  verb,
} from '@pertybot/plugin-gpio';

/** Most rounds of one command. */
const mostRounds = 20;

const fairyLights = defineGadget({
  type: 'fairy-lights',
  about: 'Several strings of lights: on, off, chase, twinkle',
  entries: {
    pins: v.pipe(v.array(pinName()), v.minLength(2, 'expected at least two pins')),
    ...outputEntries,
    step: v.optional(duration(), '300ms'),
  },
  async create({ output, sleep }, { pins, step, ...config }) {
    const options = { kind: 'light' as const, activeLow: config.activeLow, ...limitsOf(config) };
    const strings: Output[] = [];
    for (const pin of pins) strings.push(await output(pin, options));

    const show = async (wanted: (index: number) => boolean) => {
      for (const [index, string] of strings.entries()) {
        const refused = await (wanted(index) ? string.on() : string.off());
        if (isRefusal(refused)) return refused;
      }
      return undefined;
    };

    /** Shows one picture after the other, then darkness. */
    const play = async (pictures: readonly ((index: number) => boolean)[], signal: AbortSignal) => {
      const [first = () => false, ...others] = pictures;
      const refused = await show(first);
      if (refused) return refused;
      const rest = async () => {
        try {
          for (const picture of others) {
            await sleep(step, signal);
            const late = await show(picture);
            if (late) return late;
          }
          await sleep(step, signal);
          return undefined;
        } finally {
          await show(() => false);
        }
      };
      return { rest: rest() };
    };

    const lasts = mostRounds * strings.length * step;
    return {
      get state() {
        const lit = strings.filter(({ state }) => state === 'on').length;
        return lit === 0 ? 'dark' : `lit by ${lit} of ${strings.length}`;
      },
      verbs: {
        on: verb({ about: 'Lights all of them', run: () => show(() => true) }),
        off: verb({
          about: 'Puts them out',
          urgent: true,
          lasts: 0,
          run: () => show(() => false),
        }),
        chase: verb({
          about: 'Lights one after the other, three rounds unless told otherwise',
          value: count(1, mostRounds),
          reply: '{gadget}: the lights run',
          lasts,
          run: ({ value = 3, signal }) => {
            const round = strings.map((_, lit) => (index: number) => index === lit);
            return play(Array.from({ length: value }, () => round).flat(), signal);
          },
        }),
        twinkle: verb({
          about: 'Twinkles, three rounds unless told otherwise',
          value: count(1, mostRounds),
          reply: '{gadget} twinkles',
          lasts,
          run: ({ value = 3, signal }) => {
            const round = strings.map((_, dark) => (index: number) => index !== dark);
            return play(Array.from({ length: value }, () => round).flat(), signal);
          },
        }),
      },
    };
  },
});

export default definePlugin({
  name: 'fairy-lights',
  about: 'Brings the gadget type fairy-lights',
  needs: { gadgets: Gadgets },
  async start({ gadgets }) {
    await gadgets.define(fairyLights);
  },
});
