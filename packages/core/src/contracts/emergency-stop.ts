import type { Undo } from './consumer.js';
import type { InjectionToken } from './injection.js';
import { plainWord } from './plain-word.js';

/** Who stopped everything, and when. */
export interface StopRecord {
  /** Such as `@alice in chat`, `SIGUSR2` or `pertybot estop`. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Outputs that a stop switches off: the pins of a board, the lamps of another machine. */
export interface StoppableOutputs {
  /** Who stopped them; undefined while they may be switched on. */
  readonly engaged: StopRecord | undefined;
  /**
   * Switches them off, and keeps them off. Synchronous: when it returns, what can be done at once is done.
   * It comes again when somebody stops what is stopped already.
   */
  engage(by: string): void;
  /** Lets them be switched on again; none goes on by itself. */
  release(): void;
  /** Ends whatever goes on at them and switches them off, now; they may be switched on again at once. */
  end(): void | Promise<void>;
  /** Calls `listener` when {@link StoppableOutputs.engaged} changes, whoever changed it. */
  onChange(listener: (record: StopRecord | undefined) => void): Undo;
}

/**
 * The emergency stop of the bot: everything off, and kept off until the owner says otherwise. Core provides
 * it. A plugin may stop everything and hang its own outputs on; none can release.
 */
export interface EmergencyStop {
  /** Who stopped everything; undefined while nothing is stopped. */
  readonly engaged: StopRecord | undefined;
  /** Stops everything, synchronously, in whatever state the bot is. Never throws. */
  engage(by: string): void;
  /**
   * Hangs outputs on: each stop reaches them until the plugin stops. While everything is stopped they are
   * stopped at once.
   */
  attach(outputs: StoppableOutputs): Undo;
  /** Calls `listener` with each change. */
  onChange(listener: (record: StopRecord | undefined) => void): Undo;
}

/** Injection token of the {@link EmergencyStop}. */
export const EmergencyStop: InjectionToken<EmergencyStop> = Symbol.for('pertybot.EmergencyStop');

/** The same stop in the hands of the owner: of the program that runs the bot, never of a plugin. */
export interface OwnerStop extends Omit<EmergencyStop, 'attach'> {
  /** Whether any outputs hang on. */
  readonly hasOutputs: boolean;
  /** Lets everything be switched on again; nothing goes on by itself. @throws what keeps outputs stopped */
  release(): void;
  /** Ends whatever goes on and switches it off; it may be switched on again at once. Never throws. */
  end(): void;
}

/** Names that belong to the stops alone, whatever the file and the plugins say. */
export const reservedCommands: readonly string[] = ['estop', 'stop'];

/** Words of these need no look: they are meant as they are written. */
const isPlain = /^[a-z0-9_-]*$/;

/** The reserved word that chat takes `word` for, such as `estop` for `eStop!`; undefined for any other. */
export function reservedWord(word: string): string | undefined {
  const plain = isPlain.test(word) ? word : plainWord(word);
  return reservedCommands.includes(plain) ? plain : undefined;
}

/** Whether chat would take `name` for one of the reserved words. */
export function isReservedCommand(name: string): boolean {
  return reservedWord(name) !== undefined;
}

/** Why a reserved word cannot be had, for a message. */
export const reservedReason = 'is reserved for stopping everything';
