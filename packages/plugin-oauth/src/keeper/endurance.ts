import { Backoff, isPertyError, type Logger, messageOf, type Undo } from '@pertybot/core';
import { isTransient } from '../twitch/oauth-error.js';

/**
 * How a keeper of tokens lives through what goes wrong: it tries again, later each time, and tells the owner
 * once of the same fault, and once that it is over.
 */
export class Endurance {
  private readonly backoff = new Backoff({ longest: 300_000 });
  private told: string | undefined;
  private endWait: Undo = () => {};
  private waitsFor: string | undefined;

  constructor(private readonly log: Logger) {}

  /** Tells of a fault, unless it is the one that was told last. @returns milliseconds to wait */
  meet(error: unknown): number {
    const delay = this.backoff.next(isTransient(error) ? error.retryAfter : undefined);
    const { code, hint } = isPertyError(error) ? error : {};
    const retryInSeconds = Math.round(delay / 1_000);
    const fields = code === undefined ? { error, retryInSeconds } : { code, hint, retryInSeconds };
    const topic = code ?? messageOf(error);
    this.log[topic === this.told ? 'debug' : levelOf(error)](messageOf(error), fields);
    this.told = topic;
    return delay;
  }

  /** Says that the plugin waits for what `error` stands for. */
  wait(error: unknown, plugin: { waiting(reason: string): Undo }): void {
    const reason = toReason(error);
    if (this.waitsFor === reason) return;
    this.endWait();
    this.waitsFor = reason;
    this.endWait = plugin.waiting(reason);
  }

  /** Says that the plugin waits for a fault to pass no longer. */
  stopWaiting(): void {
    this.endWait();
    this.endWait = () => {};
    this.waitsFor = undefined;
  }

  /** Says that all is well. */
  over(): void {
    this.backoff.reset();
    if (this.told !== undefined) this.log.info('The fault is over: the login is kept up again.');
    this.told = undefined;
  }
}

function isOfStore(error: unknown): boolean {
  return isPertyError(error) && error.code.startsWith('TOKEN_STORE_');
}

/** What passes by itself is a warning; the rest calls a person. */
function levelOf(error: unknown): 'warn' | 'error' {
  return isTransient(error) && !isOfStore(error) ? 'warn' : 'error';
}

function toReason(error: unknown): string {
  if (isOfStore(error)) return 'stored login';
  return isTransient(error) ? 'network' : 'configuration';
}
