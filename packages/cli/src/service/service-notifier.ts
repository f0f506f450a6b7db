import { spawn } from 'node:child_process';
import { type AsyncUndo, type Logger, messageOf } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import { findService } from '../bot-process/find-service.js';

/** What {@link notifyService} needs. */
export interface ServiceNotifierOptions {
  readonly bot: Pick<Bot, 'find'>;
  readonly logger: Logger;
  /** @default the process's own */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The program that talks to systemd: Node has no datagram sockets of the kind that it listens to. It is not
 * told `--no-block`: then it ends at once, and systemd ignores a message whose sender is gone when it reads it.
 */
const messenger = 'systemd-notify';

/** Milliseconds between two signs of life where systemd names no time. */
const standardPause = 10_000;

/**
 * Tells systemd, where it waits for that, that the bot is there and lives. Only its event loop and its
 * pin guard count: a Twitch that is away is no reason to start the bot anew.
 * @returns says that the bot stops
 * @see https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
 */
export function notifyService(options: ServiceNotifierOptions): AsyncUndo {
  const { bot, logger, environment = process.env } = options;
  if (environment.NOTIFY_SOCKET === undefined) return () => {};
  const guardTurns = watchGuard(bot);
  let warned = false;
  const notify = (...words: string[]) => {
    const failed = (error: unknown) => {
      if (!warned) logger.warn(`systemd cannot be told that the bot lives: ${messageOf(error)}`);
      warned = true;
    };
    try {
      const child = spawn(messenger, words, { stdio: 'ignore', env: environment });
      child.unref();
      child.on('error', failed);
    } catch (error) {
      // Some faults come at once, such as the want of memory.
      failed(error);
    }
  };
  const beat = () => {
    // READY with each: a message may be lost, and a bot that systemd holds for not ready would be ended.
    if (guardTurns()) notify('READY=1', 'WATCHDOG=1');
    else logger.error('The pin guard stands still; systemd will start the bot anew.');
  };
  beat();
  const timer = setInterval(beat, pauseFor(environment.WATCHDOG_USEC)).unref();
  return () => {
    clearInterval(timer);
    notify('STOPPING=1');
  };
}

/** A third of the time that systemd waits, so that two may be lost. */
function pauseFor(microseconds: string | undefined): number {
  const limit = Number(microseconds) / 1_000;
  return limit > 0 ? limit / 3 : standardPause;
}

/** Tells whether no output stays on past its time from one look to the next. */
function watchGuard(bot: Pick<Bot, 'find'>): () => boolean {
  let overdue: readonly string[] = [];
  return () => {
    const outputs = findService(bot, 'Gpio')?.outputs ?? [];
    const late = outputs.filter(({ on, onTimeLeft }) => on && (onTimeLeft ?? 1) <= 0);
    const isStuck = late.some(({ pin }) => overdue.includes(pin));
    overdue = late.map(({ pin }) => pin);
    return !isStuck;
  };
}
