import { type BotEvents, type Inbox, type Logger, v } from '@pertybot/core';
import { type LogLine, ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { SimulatedBoard } from '../../src/drivers/simulated-board.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';
import type { OutputOptions } from '../../src/gpio.js';
import { gpioConfigSchema } from '../../src/gpio-config.js';
import type { WallClock } from '../../src/guard/limits/wall-clock.js';
import { PinGuard } from '../../src/guard/pin-guard.js';
import type { GuardedOutput } from '../../src/guard/pins/guarded-output.js';

/** A guard on a simulated board, with everything around it that a test looks at. */
export interface GuardBench {
  readonly guard: PinGuard;
  readonly board: SimulatedBoard;
  readonly clock: ManualClock;
  readonly events: { readonly type: keyof BotEvents; readonly data: unknown }[];
  readonly lines: LogLine[];
  readonly log: Logger;
  readonly inbox: Pick<Inbox, 'emit'>;
  claim(
    pin: string | number,
    options?: OutputOptions & { plugin?: string },
  ): Promise<GuardedOutput>;
}

interface GuardOptions {
  /** Local time at which the clock begins. */
  readonly at?: Date;
  /** Whether the machine's clock is synchronised. @default true */
  readonly synced?: boolean;
  /** Milliseconds by which somebody has set the clock. */
  readonly setBy?: () => number;
}

/** Makes a guard whose gpio entry has `config`. */
export function makeGuard(
  config: v.InferInput<typeof gpioConfigSchema> = {},
  { at, synced = true, setBy = () => 0 }: GuardOptions = {},
): GuardBench {
  const clock = new ManualClock(at);
  const board = new SimulatedBoard(clock);
  const events: GuardBench['events'] = [];
  const lines: LogLine[] = [];
  const log = new MemoryLogger(lines);
  const inbox: GuardBench['inbox'] = {
    emit: (type, data) => void events.push({ type, data }),
  };
  const wallClock: WallClock = {
    date: () => (synced ? new Date(clock.date().getTime() + setBy()) : undefined),
    look: async () => {},
  };
  // Its pins are those of a plugin's code.
  const pins = Object.entries(config.pins ?? {});
  const checked = v.parse(gpioConfigSchema, {
    ...config,
    pins: Object.fromEntries(pins.map(([pin, limits]) => [pin, { ...limits, plugin: 'test' }])),
  });
  const guard = new PinGuard(checked, clock, wallClock, inbox, log);
  guard.open(new SimulatedDriver(board));
  const claim: GuardBench['claim'] = (pin, { plugin = 'test', ...options } = {}) =>
    guard.claimOutput(pin, { plugin, name: options.name ?? 'lamp' }, options);
  return { guard, board, clock, events, lines, log, inbox, claim };
}
