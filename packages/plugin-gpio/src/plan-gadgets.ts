import {
  type CommandOptions,
  type Logger,
  type Refusal,
  type RegisterCommand,
} from '@pertybot/core';
import { type DeclaredCommands, SpokenReplies, SystemClock } from '@pertybot/core/host';
import type { GpioDriver } from './drivers/gpio-driver.js';
import type { OwnLines } from './drivers/own-lines.js';
import { SimulatedBoard } from './drivers/simulated-board.js';
import { SimulatedDriver } from './drivers/simulated-driver.js';
import { GadgetRegistry } from './gadgets/build/gadget-registry.js';
import type { GadgetFault } from './gadgets/config/gadget-faults.js';
import { wrongSteps } from './gadgets/config/wrong-steps.js';
import type { Gadget } from './gadgets/gadget.js';
import type { InputInfo, OutputInfo } from './gpio.js';
import type { GpioConfig } from './gpio-config.js';
import { GuardedGpio } from './guard/guarded-gpio.js';
import { SyncedWallClock, trustingClockProbe } from './guard/limits/wall-clock.js';
import { PinGuard } from './guard/pin-guard.js';
import { gpioReplies } from './replies.js';

/** A gadget as it would be. */
export type PlannedGadget = Pick<
  Gadget,
  'name' | 'type' | 'about' | 'state' | 'pins' | 'usage' | 'verbs' | 'drives' | 'crowd'
>;

/** What plugins.yaml would build, known before anything moves. */
export interface GadgetPlan {
  readonly gadgets: readonly PlannedGadget[];
  /** The chat commands of the gadgets. */
  readonly commands: DeclaredCommands;
  /** Gadgets that cannot be built as they are written; steps of sequences, buttons and events that no gadget would take. */
  readonly faults: readonly GadgetFault[];
  /** Why each gadget that is not there could not be built, by name. */
  readonly failures: ReadonlyMap<string, unknown>;
  /** Why a gadget would not do what it is asked to, such as `on 11m`; undefined when it would, or is not known. */
  refusalOf(gadget: string, action: string): Refusal | undefined;
  readonly outputs: readonly OutputInfo[];
  readonly inputs: readonly InputInfo[];
  /** Gadgets whose type another plugin brings. */
  readonly missing: readonly { readonly name: string; readonly type: string }[];
  /** What the guard would warn of at the start. */
  readonly warnings: readonly string[];
}

/**
 * Builds the gadgets of a checked config on a board in memory, and takes them down again.
 * @param driver of another board, whose outputs are claimed and given back, and so are off then
 * @throws GpioError when the driver cannot be used
 */
export async function planGadgets(
  config: GpioConfig,
  driver?: GpioDriver,
  ownLines?: OwnLines,
): Promise<GadgetPlan> {
  const clock = new SystemClock();
  const warnings: string[] = [];
  const log = toWarnings(warnings);
  const inbox = { emit() {} };
  const wallClock = new SyncedWallClock(clock, trustingClockProbe, log);
  const guard = new PinGuard(config, clock, wallClock, inbox, log);
  const gpio = new GuardedGpio(guard, log);
  const emergencyStop = { engage() {} };
  const nobody = { find: () => undefined, changed() {} };
  const replies = new SpokenReplies(gpioReplies);
  // What cannot be built is among the failures.
  const quiet = { ...log, error() {} };
  const registry = new GadgetRegistry(
    ...([config, gpio, clock, inbox, quiet, emergencyStop, replies, Math.random, nobody] as const),
  );
  guard.open(driver ?? new SimulatedDriver(new SimulatedBoard(clock)), ownLines);
  try {
    const say = async () => ({ status: 'dropped', reason: 'no chat' }) as const;
    const run = (_where: string, task: () => unknown) => void task();
    const commands: Record<string, CommandOptions> = {};
    const command = (signature: string, options: CommandOptions) => {
      commands[signature] = options;
      return () => {};
    };
    // A gadget gives its command options always.
    await registry.start({ id: 'gpio', command: command as RegisterCommand, say, run });
    const gadgets = registry.list.map(toPlanned);
    const faults = [...registry.failed.faults, ...wrongSteps(config, registry.judge())];
    const failures = new Map(registry.failed.all);
    const refusalOf = registry.judge();
    const { outputs, inputs } = guard;
    const missing = registry.missing.filter(({ name }) => !failures.has(name));
    const found = { faults, failures, missing, warnings };
    return { gadgets, commands, refusalOf, outputs, inputs, ...found };
  } finally {
    await registry.clear();
    await guard.close();
    wallClock.stop();
  }
}

/** As it is now: it is taken down afterwards. */
function toPlanned(gadget: Gadget): PlannedGadget {
  const { name, type, about, state, pins, usage, verbs, drives, crowd } = gadget;
  return { name, type, about, state, pins: [...pins], usage, verbs, drives, crowd };
}

function toWarnings(warnings: string[]): Logger {
  const log: Logger = {
    debug() {},
    info() {},
    warn: (message) => void warnings.push(message),
    error: (message) => void warnings.push(message),
    child: () => log,
  };
  return log;
}
