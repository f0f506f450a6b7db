import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { describe, expect, it, jest } from '@jest/globals';

// Processes stand still for seconds, and a busy machine takes its time to see it.
jest.setTimeout(60_000);

const script = path.join(__dirname, '..', 'fixtures', 'stalled-bot.mjs');

/** What burns the processor does so for less long than in a bot: an endless loop is known by 3 s of it. */
const quick = { tell: 500, end: 3_200 };

interface Start {
  readonly json?: boolean;
  readonly node?: readonly string[];
  /** @default those of a bot */
  readonly limits?: typeof quick;
}

/** A process of its own, with the built core. */
class StalledBot {
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly log: Interface;

  private constructor(kind: string, { json = false, node = [], limits }: Start) {
    const words = [...node, script, kind, json ? 'json' : 'text'];
    if (limits) words.push(JSON.stringify(limits));
    // A group of its own, with the program that it calls.
    this.child = spawn(process.execPath, words, {
      stdio: ['ignore', 'inherit', 'pipe'],
      detached: true,
    });
    if (!this.child.stderr) throw new Error('It has no log.');
    this.log = createInterface({ input: this.child.stderr });
    this.log.on('line', (line) => this.lines.push(line));
  }

  /** Runs it while the test looks at it, and not longer. */
  static async during(
    kind: string,
    options: Start,
    look: (bot: StalledBot) => Promise<void>,
  ): Promise<void> {
    const bot = new StalledBot(kind, options);
    try {
      await look(bot);
    } finally {
      bot.killAll();
      await bot.ended();
    }
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async logged(part: string): Promise<string> {
    // Before the test is over, so that it is killed.
    const signal = AbortSignal.timeout(50_000);
    for (;;) {
      const found = this.lines.find((line) => line.includes(part));
      if (found !== undefined) return found;
      await once(this.log, 'line', { signal });
    }
  }

  /** How it ended. */
  async ended(): Promise<readonly [number | null, NodeJS.Signals | null]> {
    if (this.isRunning) await once(this.child, 'exit');
    return [this.child.exitCode, this.child.signalCode];
  }

  private killAll(): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // All of them have gone.
    }
  }
}

const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

describe('a bot that stands still', () => {
  it.each(['loop', 'regex', 'microtasks'])(
    'says where, and gives Ctrl-C back, in a standstill of the kind "%s"',
    (kind) =>
      StalledBot.during(kind, { limits: { ...quick, end: 30_000 } }, async (bot) => {
        const said = await bot.logged('has let nothing else run');
        expect(said).toMatch(
          /^error PertyBot itself has let nothing else run for \d+ s at .*stalled-bot/,
        );
        expect(said).toContain(`at ${kind === 'microtasks' ? 'again' : kind} (`);
        bot.signal('SIGINT');
        expect(await bot.ended()).toEqual([null, 'SIGINT']);
      }),
  );

  it('ends by itself, whatever its signal handlers do', () =>
    StalledBot.during('loop', { limits: quick }, async (bot) => {
      await bot.logged('has let nothing else run');
      expect(await bot.logged('stood still for')).toMatch(/ still for (?:[3-9]|\d\d+) s and ends/);
      expect(await bot.ended()).toEqual([null, 'SIGKILL']);
    }));

  it('says where, or at the least whose it was, in JSON, which the V8 of Node 26 lets nobody halt', () =>
    StalledBot.during('json', { limits: quick }, async (bot) => {
      expect(await bot.logged('PertyBot itself')).toMatch(
        /has let nothing else run for \d+ s at .*stalled-bot|in a call that nobody can look into; PertyBot itself was entered last/,
      );
    }));

  it('goes on with its own signal handlers when it moves again', () =>
    StalledBot.during('short', { limits: { ...quick, end: 30_000 } }, async (bot) => {
      await bot.logged('has let nothing else run');
      await bot.logged('It goes on again.');
      bot.signal('SIGINT');
      await bot.logged('It was asked to end.');
      expect(bot.isRunning).toBe(true);
    }));

  // These rest while they wait, side by side.
  it.concurrent('ends also in a call that nobody can look into, and says so as JSON', () =>
    StalledBot.during('native', { json: true }, async (bot) => {
      const said = JSON.parse(await bot.logged('in a call that nobody'));
      expect(said).toMatchObject({
        level: 'error',
        message: expect.stringContaining('entered last'),
      });
      const last = JSON.parse(await bot.logged('stood still for'));
      expect(last.message).toMatch(/^PertyBot stood still for \d\d s and ends/);
      expect(await bot.ended()).toEqual([null, 'SIGKILL']);
    }));

  it.concurrent('is told of nothing by a process that was stopped as a whole', () =>
    StalledBot.during('none', {}, async (bot) => {
      await bot.logged('ready');
      bot.signal('SIGSTOP');
      await sleep(4_000);
      bot.signal('SIGCONT');
      await sleep(2_000);
      expect(bot.lines.filter((line) => line.includes('nothing else run'))).toEqual([]);
    }));

  it.concurrent('is left alone while somebody debugs it', () =>
    StalledBot.during('untold', { node: ['--inspect=127.0.0.1:0'] }, async (bot) => {
      await bot.logged('It moved again.');
      expect(bot.lines.filter((line) => /nothing else run|stands still/.test(line))).toEqual([]);
    }));
});
