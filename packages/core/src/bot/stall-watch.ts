import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { SystemClock } from '../contracts/clock.js';
import type { Undo } from '../contracts/consumer.js';
import type { Logger } from '../contracts/logger.js';
import { attributionNow, enteredLast } from '../events/attribution.js';
import { coreFolder } from '../load/core-package.js';
import { isOurs, toFile } from '../load/stack.js';

/** How {@link watchStalls} watches. */
export interface StallWatchOptions {
  readonly logger: Logger;
  /** Whether lines on stderr are JSON, for those that the other thread writes. @default false */
  readonly json?: boolean;
  /** Shows where a place in a plugin's code comes from. @default the place itself */
  readonly toSource?: (url: string, line: number, column: number) => string;
  /** After how long a standstill is told, and after how long the process ends. @default 2 s and 10 s */
  readonly limits?: StallLimits;
}

/** Milliseconds of a standstill. */
export interface StallLimits {
  readonly tell: number;
  readonly end: number;
}

/** Milliseconds between two signs of life, and by how much later one may be: beside what else looks once a second. */
const pulse = { pause: 900, slack: 200 };

const usual: StallLimits = { tell: 2_000, end: 10_000 };

/** Name under which the watching thread calls {@link Standstill.tell} while this one is halted. */
const hook = 'pertybot.standstill';

/** Where the main thread was halted. */
interface Halt {
  readonly seconds: number;
  readonly frames: readonly {
    readonly name: string;
    readonly url: string;
    readonly line: number;
    readonly column: number;
  }[];
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Watches this thread from another one. When it stands still for 2 s, in a loop that never ends or a regular
 * expression that does not, the log names plugin and place, and Ctrl-C ends the process at once; after 10 s the
 * process is ended, so that a supervisor starts it again. Pins are the guardian's by then. Silent while somebody debugs.
 */
export function watchStalls({
  logger,
  json = false,
  toSource = (url, line, column) => `${readable(url)}:${line}:${column}`,
  limits = usual,
}: StallWatchOptions): Undo {
  if (isStartedForDebugging()) return () => {};
  // How many there were, and when the last one was.
  const beats = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  let giveBack: Undo | undefined;
  const tell = ({ seconds, frames }: Halt): string => {
    if (isDebugged()) return 'debugged';
    giveBack ??= letGo();
    const { plugin = '', where } = attributionNow() ?? {};
    const places = frames.filter(({ url }) => url !== '' && !url.startsWith('node:'));
    const own = places.filter(({ url }) => !isOurs(toFile(url)));
    const [at] = own.length > 0 ? own : places;
    // While a module loads, it is nobody's yet.
    const nobody = own.length > 0 ? "A plugin's file" : 'PertyBot itself';
    const whose = plugin === '' ? nobody : `The plugin "${plugin}"`;
    const place = at === undefined ? '' : ` at ${toSource(at.url, at.line, at.column)}`;
    logger.error(
      `${whose} has let nothing else run for ${seconds} s${place}. Ctrl-C ends the bot; by itself it ends after ${limits.end / 1_000} s.`,
      {
        ...(plugin === '' ? {} : { plugin }),
        ...(where === undefined ? {} : { where }),
        stack: (own.length > 0 ? own : places)
          .slice(0, 10)
          .map(({ name, url, line, column }) => {
            return `at ${name === '' ? '<anonymous>' : name} (${toSource(url, line, column)})`;
          })
          .join('\n'),
      },
    );
    return 'told';
  };
  Object.assign(globalThis, { [Symbol.for(hook)]: tell });
  const worker = new Worker(pathToFileURL(path.join(coreFolder, 'bin', 'stall-watch.cjs')), {
    name: 'stall-watch',
    // Bare: what the owner gave Node for the bot would be loaded twice.
    execArgv: [],
    env: {},
    workerData: {
      beats,
      pulse: pulse.pause + pulse.slack,
      entered: enteredLast,
      hook,
      limits,
      json,
    },
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 2 },
  });
  worker.on('error', (error) => logger.debug('Nobody watches for a standstill.', { error }));
  worker.unref();
  const clock = new SystemClock();
  let cancel: Undo = () => {};
  const beat = () => {
    cancel = clock.after(pulse.pause, beat, pulse.slack);
    Atomics.store(beats, 1, machineTime());
    Atomics.add(beats, 0, 1);
    if (giveBack === undefined) return;
    giveBack();
    giveBack = undefined;
    logger.warn('It goes on again.');
  };
  beat();
  return () => {
    cancel();
    giveBack?.();
    void worker.terminate();
  };
}

/** Milliseconds by a clock that all threads have, in 32 bits. */
function machineTime(): number {
  return Number(BigInt.asIntN(32, process.hrtime.bigint() / 1_000_000n));
}

/** Whether somebody may halt this thread on purpose. */
function isDebugged(): boolean {
  return process.getBuiltinModule('node:inspector').url() !== undefined;
}

function isStartedForDebugging(): boolean {
  return [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').includes('--inspect');
}

/** Has signals end the process, and keys be signals, as if nobody had taken them. */
function letGo(): Undo {
  const taken = signals.map((signal) => ({ signal, listeners: process.listeners(signal) }));
  for (const { signal } of taken) process.removeAllListeners(signal);
  const { stdin } = process;
  const wasRaw = stdin.isTTY && stdin.isRaw;
  if (wasRaw) stdin.setRawMode(false);
  return () => {
    for (const { signal, listeners } of taken) {
      for (const listener of listeners) process.on(signal, listener);
    }
    if (wasRaw) stdin.setRawMode(true);
  };
}

function readable(url: string): string {
  return url.startsWith('file:') ? path.relative('.', fileURLToPath(url)) : url;
}
