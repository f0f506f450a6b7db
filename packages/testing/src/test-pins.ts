import type { Level, SimulatedBoard } from '@pertybot/plugin-gpio';

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** A pin of the header: `GPIO0` to `GPIO27`. */
export type PinName = `GPIO${Digit | `1${Digit}` | `2${Exclude<Digit, 8 | 9>}`}`;

/** A pin of the simulated board, as a test sees it. */
export interface TestPin {
  /** 1 is 3.3 V. */
  readonly level: Level;
  /** Every level that it has had since the bot started, oldest first. */
  readonly levels: readonly Level[];
  /** Presses a button at the pin; let its debounce pass: `await bot.clock.advance('20ms')`. */
  press(): void;
  /** Lets go of the button. */
  release(): void;
}

/** All pins of the header. */
export type TestPins = { readonly [name in PinName]: TestPin };

/** Highest BCM number on the header. */
const lastPin = 27;

/**
 * Shows the pins of a board as a test wants them.
 * @param current the board; another one after the gpio plugin was started again
 */
export function toTestPins(current: () => SimulatedBoard): TestPins {
  const first = current();
  const begin = first.history.length;
  const pins = Array.from({ length: lastPin + 1 }, (_, offset): [string, TestPin] => [
    `GPIO${offset}`,
    {
      get level() {
        return current().level(offset);
      },
      get levels() {
        const board = current();
        const since = board.history.slice(board === first ? begin : 0);
        return since.filter((change) => change.offset === offset).map(({ level }) => level);
      },
      press: () => current().press(offset),
      release: () => current().release(offset),
    },
  ]);
  // Object.fromEntries forgets the names, which are those of PinName.
  return Object.fromEntries(pins) as TestPins;
}
