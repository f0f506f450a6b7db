import { setTimeout as wait } from 'node:timers/promises';
import type { Bot } from '@pertybot/core/host';
import { Gpio, parsePin, SimulatedBoard } from '@pertybot/plugin-gpio';
import type { DevOutput } from '../dev-event.js';

/** How long a button is held, milliseconds: longer than any input is debounced. */
const pressTime = 150;

/**
 * Presses a button of the simulated board for a moment.
 * @returns whether there is one of that name
 */
export async function pressButton(bot: Pick<Bot, 'find'>, name: string): Promise<boolean> {
  const board = bot.find(SimulatedBoard);
  const input = bot.find(Gpio)?.inputs.find(({ gadget }) => gadget === name);
  if (board === undefined || input === undefined) return false;
  const { gpio } = parsePin(input.pin);
  board.press(gpio);
  await wait(pressTime);
  board.release(gpio);
  return true;
}

/** The outputs of the board, and their levels. */
export function outputsOf(bot: Pick<Bot, 'find'>): readonly DevOutput[] {
  const outputs = bot.find(Gpio)?.outputs ?? [];
  return outputs.map(({ gadget, pin, level, on, dryRun }) => ({
    gadget,
    pin,
    level,
    on,
    ...(dryRun && { dryRun }),
  }));
}
