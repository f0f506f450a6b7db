import type { TestBot } from '@pertybot/core/testing';
import { Gpio, parsePin, SimulatedBoard } from '@pertybot/plugin-gpio';

/** Highest line on the 40-pin header. */
const lastLine = 27;

/**
 * Looks at the pins of a bot that is about to stop.
 * @returns what says, once it has stopped, which pins are left on or claimed
 */
export function watchPins(bot: TestBot): () => readonly string[] {
  const board = bot.find(SimulatedBoard);
  if (board === undefined) return () => [];
  const outputs = (bot.find(Gpio)?.outputs ?? []).filter(({ dryRun }) => !dryRun);
  const safe = outputs.map(({ pin, on, level }) => ({ pin, off: on ? 1 - level : level }));
  return () => {
    const on = safe
      .filter(({ pin, off }) => board.level(parsePin(pin).gpio) !== off)
      .map(({ pin }) => `${pin} (still on)`);
    const claimed = Array.from({ length: lastLine + 1 }, (_, offset) => offset)
      .filter((offset) => board.holder(offset) !== undefined)
      .map((offset) => `GPIO${offset} (claimed, ${board.level(offset) === 1 ? 'high' : 'low'})`);
    return [...on, ...claimed];
  };
}
