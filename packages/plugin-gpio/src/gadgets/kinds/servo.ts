import { duration, isRefusal, v } from '@pertybot/core';
import { described } from '../../described.js';
import { pinName } from '../../pin-name.js';
import { limitEntries, limitsOf } from '../config/limit-entries.js';
import { longestOn } from '../config/meant-time.js';
import { defineGadget } from '../gadget-kind.js';
import { verb } from '../verbs/verb.js';
import { amount, count } from '../verbs/verb-value.js';
import { pwmEntries, pwmOptions } from './pin-entries.js';

/** Turns a second that servos want. */
const frequency = 50;

/** Milliseconds of a turn. */
const period = 1_000 / frequency;

/** Most sweeps of one `sweep`. */
const mostSweeps = 10;

const angle = v.pipe(v.number(), v.minValue(-360), v.maxValue(360));

const angles = v.pipe(
  v.tuple([angle, angle]),
  v.check(([from, to]) => from !== to, 'expected two different angles'),
);

const pulses = v.pipe(
  v.tuple([duration(), duration()]),
  v.check(
    ([shortest, longest]) => shortest < longest && longest < period,
    `expected a shorter and a longer time below ${period} ms`,
  ),
);

/** A hobby servo on a pin with hardware PWM; it gets pulses only while it moves. */
export const servo = defineGadget({
  type: 'servo',
  about: 'A hobby servo on GPIO12, 13, 18 or 19: angle, sweep',
  busy: 'queue(5)',
  entries: {
    pin: pinName(),
    maxOn: longestOn(),
    ...limitEntries,
    range: described(
      v.optional(angles, [0, 180]),
      'Angles of the shortest and of the longest pulse, in degrees.',
    ),
    pulse: described(v.optional(pulses, ['1ms', '2ms']), 'The shortest and the longest pulse.'),
    move: described(
      v.optional(duration(), '600ms'),
      'How long a move may take; the servo is let go afterwards.',
    ),
    ...pwmEntries,
  },
  switches: ({ pin }) => [pin],
  async create({ pwm, sleep }, config) {
    const { pin, range, pulse, move } = config;
    const [least, most] = [Math.min(...range), Math.max(...range)];
    const options = { kind: 'motor' as const, frequency, ...limitsOf(config) };
    const motor = await pwm(pin, { ...options, ...pwmOptions(config) });
    let at: number | undefined;

    const turnTo = async (degrees: number) => {
      const part = (degrees - range[0]) / (range[1] - range[0]);
      await motor.dim((pulse[0] + (pulse[1] - pulse[0]) * part) / period);
      const refusal = await motor.on();
      if (!isRefusal(refusal)) at = degrees;
      return refusal;
    };
    /** Turns to one angle after the other, and lets go. */
    const visit = async ([first = least, ...others]: readonly number[], signal: AbortSignal) => {
      const refusal = await turnTo(first);
      if (isRefusal(refusal)) return refusal;
      const rest = async () => {
        try {
          for (const next of others) {
            await sleep(move, signal);
            const late = await turnTo(next);
            if (isRefusal(late)) return late;
          }
          await sleep(move, signal);
          return undefined;
        } finally {
          await motor.off();
        }
      };
      return { rest: rest(), lasts: (others.length + 1) * move };
    };
    return {
      get state() {
        return at === undefined ? 'somewhere' : `at ${at}°`;
      },
      direct: 'angle',
      verbs: {
        angle: verb({
          about: 'Turns to an angle, and is let go there',
          value: { ...amount('angle', { least, most, unit: '°' }), required: true },
          reply: 'gadget.turns',
          lasts: move,
          run: ({ value = least, signal }) => visit([value], signal),
        }),
        sweep: verb({
          about: 'Turns to and fro, once unless told otherwise',
          value: count(1, mostSweeps),
          reply: 'gadget.sweeps',
          lasts: (2 * mostSweeps + 1) * move,
          run: ({ value = 1, signal }) => {
            const home = at ?? least;
            const turns = Array.from({ length: value }, () => [most, least]).flat();
            return visit([...turns, home], signal);
          },
        }),
        off: verb({
          about: 'Lets it go',
          urgent: true,
          reply: 'gadget.letGo',
          lasts: 0,
          run: () => motor.off(),
        }),
      },
    };
  },
});
