import { createHook } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { TestBot } from '@pertybot/core/testing';
import { Gpio, outlivesPlugin, parsePin, SimulatedBoard } from '@pertybot/plugin-gpio';

/** What keeps a process busy, by the names that `async_hooks` has for it. */
const kinds: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  TCPWRAP: 'a socket',
  PIPEWRAP: 'a pipe or local socket',
  UDPWRAP: 'a UDP socket',
  TCPSERVERWRAP: 'a server',
  PIPESERVERWRAP: 'a server',
  PROCESSWRAP: 'a child process',
  FSEVENTWRAP: 'a file watcher',
  STATWATCHER: 'a file watcher',
  FILEHANDLE: 'an open file',
  WORKER: 'a worker thread',
};

/** How long what was closed may take to be gone, milliseconds. */
const patience = 1_000;

/** Frames of a stack that lie between a timer and the code that asked for it. */
const timerFrames = /node:(?:internal\/)?(?:timers|async_hooks)\b/;

interface Taken {
  readonly what: string;
  readonly resource: object;
  /** File and line of the plugin in which it was taken, where it was. */
  readonly where: string | undefined;
  /** Whether it is a timer that the plugin's own code asked for. */
  readonly ownTimer: boolean;
}

/** Sees what code takes of the process and does not give back: timers, sockets, files, listeners. */
export class LeftoverWatch {
  private readonly taken = new Map<number, Taken>();
  private readonly listenersBefore = countListeners();
  /** As stacks name it: a path, or that of a URL. */
  private readonly homes: readonly string[];
  private paused = false;
  private readonly hook = createHook({
    init: (id, type, _trigger, resource) => this.take(id, type, resource),
    destroy: (id) => void this.taken.delete(id),
  });

  /** @param home folder of the files that are watched; what lies in its `node_modules` are others' */
  constructor(home: string) {
    this.homes = [home, pathToFileURL(home).pathname];
    Error.stackTraceLimit = 50;
    // Node opens them when they are first used, which is nobody's fault.
    for (const name of ['stdin', 'stdout', 'stderr'] as const) void process[name].fd;
    this.hook.enable();
  }

  /** Waits until what was closed is gone, stops watching, and says what is left. */
  async end(): Promise<readonly string[]> {
    await this.turn(0);
    // A timer that runs out by itself a little later is one that was not cleared.
    const left = new Set([...this.taken.values()].filter(({ ownTimer }) => ownTimer));
    for (let waited = 0; waited < patience && this.busy().length > 0; waited += 25) {
      await this.turn(25);
    }
    for (const each of this.busy()) left.add(each);
    this.hook.disable();
    const taken = [...left].map(({ what, where }) => (where ? `${what} (${where})` : what));
    return [...new Set([...taken, ...this.leftListeners()])];
  }

  private take(id: number, type: string, resource: object): void {
    const what = kinds[type];
    if (what === undefined || this.paused) return;
    const frames = (new Error().stack ?? '')
      .split('\n')
      .slice(1)
      .filter((frame) => !frame.includes(import.meta.url));
    const caller = frames.find((frame) => !timerFrames.test(frame)) ?? '';
    const where = frames.map((frame) => this.placeOf(frame)).find((place) => place !== undefined);
    const ownTimer = type === 'Timeout' && this.placeOf(caller) !== undefined;
    this.taken.set(id, { what, resource, where, ownTimer });
  }

  /** Such as `dice.ts:12`, for a frame in the watched files. */
  private placeOf(frame: string): string | undefined {
    const home = this.homes.find((each) => frame.includes(each)) ?? '';
    const path = home === '' ? '' : frame.slice(frame.indexOf(home) + home.length);
    if (path === '' || path.includes('/node_modules/')) return undefined;
    const [, file, line] = /([^/\\]+):(\d+):\d+\)?$/.exec(path) ?? [];
    return file && `${file}:${line}`;
  }

  /** What is left. */
  private busy(): readonly Taken[] {
    return [...this.taken.values()].filter(
      ({ resource, ownTimer }) => ownTimer || isHeld(resource),
    );
  }

  private async turn(delay: number): Promise<void> {
    this.paused = true;
    const turned = sleep(delay);
    this.paused = false;
    await turned;
    // What is destroyed is told of in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }

  private leftListeners(): readonly string[] {
    return [...countListeners()]
      .filter(([event, count]) => count > (this.listenersBefore.get(event) ?? 0))
      .map(([event]) => `a listener of process ("${event}")`);
  }
}

function countListeners(): ReadonlyMap<string, number> {
  return new Map(
    process.eventNames().map((event) => {
      const listeners = process.rawListeners(event).filter((each) => !(outlivesPlugin in each));
      return [String(event), listeners.length];
    }),
  );
}

/** Whether it is there and keeps the process alive; an open file does not, but is there. */
function isHeld(resource: object): boolean {
  if ('hasRef' in resource && typeof resource.hasRef === 'function')
    return resource.hasRef() === true;
  return 'fd' in resource && typeof resource.fd === 'number' && resource.fd >= 0;
}

/** Highest line on the 40-pin header. */
const lastLine = 27;

/**
 * Looks at the pins of a bot that is about to stop.
 * @returns what says, once it has stopped, which pins are left on or claimed
 */
export function watchPins(bot: TestBot): () => readonly string[] {
  const board = bot.find(SimulatedBoard);
  if (board === undefined) return () => [];
  const outputs = (bot.find(Gpio)?.outputs ?? []).filter(({ dryRun }) => !dryRun);
  const safe = outputs.map(({ pin, on, level }) => ({ pin, off: on ? 1 - level : level }));
  return () => {
    const on = safe
      .filter(({ pin, off }) => board.level(parsePin(pin).gpio) !== off)
      .map(({ pin }) => `${pin} (still on)`);
    const claimed = Array.from({ length: lastLine + 1 }, (_, offset) => offset)
      .filter((offset) => board.holder(offset) !== undefined)
      .map((offset) => `GPIO${offset} (claimed, ${board.level(offset) === 1 ? 'high' : 'low'})`);
    return [...on, ...claimed];
  };
}
