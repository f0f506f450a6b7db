import type { CommandContext } from '../contracts/command.js';
import type { Attribution } from '../events/attribution.js';
import type { Call } from './call.js';
import type { RegisteredCommand } from './command-registry.js';
import type { ArgumentWords } from './command-signature.js';
import type { CooldownAnswer } from './cooldowns.js';
import type { PassOn } from './user-queue.js';

/** An urgent call costs no cooldown. */
export const free = { refund() {} };

/** What chat asked for. */
export interface Asked {
  readonly name: string;
  readonly words: ArgumentWords;
  /** Milliseconds that it was late when it came. */
  readonly age: number;
  /** How often everything had been stopped by then. */
  readonly stops: number;
}

/** A call that switches off. */
export interface Urgent {
  readonly command: RegisteredCommand;
  readonly name: string;
  readonly words: ArgumentWords;
}

/** An admitted call in its turn. */
export interface Turn {
  readonly call: Call;
  readonly passOn: PassOn;
  /** Milliseconds since it was admitted, where it had to wait. */
  readonly waited: number | undefined;
}

/** A call that runs. */
export interface Run {
  readonly command: RegisteredCommand;
  readonly attribution: Attribution;
  readonly taken: Pick<Extract<CooldownAnswer, { allowed: true }>, 'refund'>;
  readonly context: CommandContext;
  /** Keeps chat out of a refusal. */
  readonly silent?: boolean;
}

/** Of a command that is not there. */
export const noWords: ArgumentWords = { words: [], line: '' };
