import {
  type Clock,
  formatDuration,
  isPertyError,
  type Logger,
  messageOf,
  type Undo,
} from '@pertybot/core';
import { GpioError } from '../../gpio-error.js';
import type { GadgetFault } from '../config/gadget-faults.js';
import { firstRest, longestRest } from './gadget-health.js';

/** A gadget that could not be built, and how it is tried again. */
export interface FailedBuild {
  readonly name: string;
  readonly error: unknown;
  /** Its members, where it is made of others. */
  readonly members: readonly string[];
  build(): Promise<void>;
}

/**
 * Whether hardware does not do what it should, or another program has it, rather than the owner's words being wrong. Such
 * a program may be the guardian of a bot that died, which holds its lines until all of them are off.
 */
function mayPass(error: unknown): boolean {
  return (
    error instanceof GpioError &&
    (error.isElsewhere || error.code === 'GPIO_DRIVER_FAILED' || error.code === 'GPIO_PIN_LOST')
  );
}

/**
 * Gadgets that could not be built: each costs itself alone. One whose hardware failed is tried again; one that is
 * written wrong is told, and waits for its owner.
 */
export class FailedBuilds {
  private readonly waiting = new Map<string, Undo>();
  private readonly errors = new Map<string, unknown>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Why each of them is not there, by name. */
  get all(): ReadonlyMap<string, unknown> {
    return this.errors;
  }

  /** What the owner has to mend. One that lacks nothing but its members is none. */
  get faults(): readonly GadgetFault[] {
    return [...this.errors].flatMap(([name, error]): readonly GadgetFault[] => {
      if (this.waiting.has(name) || error === undefined) return [];
      const { hint, path } = isPertyError(error) ? error : {};
      const message = messageOf(error);
      return [{ path: path ?? ['gadgets', name], message, isKey: true, ...(hint && { hint }) }];
    });
  }

  /** Says that a gadget failed, and tries again where that may help. */
  add(failed: FailedBuild): void {
    const { name, error, members } = failed;
    const lacks = members.filter((member) => this.errors.has(member));
    if (mayPass(error) || lacks.some((member) => this.waiting.has(member))) {
      this.retry(failed, firstRest);
      return;
    }
    const [lacked] = lacks;
    this.errors.set(name, lacked === undefined ? error : undefined);
    if (lacked !== undefined) {
      this.log.error(`"${name}" is not there, since its member "${lacked}" is not.`);
      return;
    }
    const path = isPertyError(error) ? error.path : undefined;
    const place = (path ?? ['gadgets', name]).join('.');
    this.log.error(
      `plugins.yaml: ${place}: ${messageOf(error)} "${name}" is not there, all else goes on; "pertybot check" shows the line.`,
      { error },
    );
  }

  /** Gives up the ones of these names. */
  forget(names: readonly string[]): void {
    for (const name of names) {
      this.waiting.get(name)?.();
      this.waiting.delete(name);
      this.errors.delete(name);
    }
  }

  /** Tries again, after longer pauses each time. */
  private retry({ name, error, build, members }: FailedBuild, pause: number): void {
    const again = formatDuration(pause);
    this.log.error(
      `"${name}" is not there: ${messageOf(error)} It is tried again in ${again}; all else goes on.`,
      { error },
    );
    const cancel = this.clock.after(pause, () => {
      void build().then(
        () => {
          if (!this.waiting.delete(name)) return;
          this.errors.delete(name);
          this.log.info(`"${name}" is there now.`);
        },
        (fault: unknown) => {
          if (!this.waiting.has(name)) return;
          const next = Math.min(pause * 2, longestRest);
          this.retry({ name, error: fault, build, members }, next);
        },
      );
    });
    this.waiting.set(name, cancel);
    this.errors.set(name, error);
  }
}
