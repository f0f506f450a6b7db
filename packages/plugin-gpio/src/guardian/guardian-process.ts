import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { messageOf } from '@pertybot/core';
import type { Level, LineHandle } from '../drivers/gpio-driver.js';
import { GpioError } from '../gpio-error.js';
import { ChildLines, unrefPipe, writeAtOnce, writeLine } from './child-lines.js';
import { guardianScript } from './guardian-script.js';
import { sleepsOf } from './process-identity.js';

/** An output that must never stay on when the bot is gone. */
export interface GuardedLine {
  /** `GPIO17` or `ACT`. */
  readonly name: string;
  readonly handle: LineHandle;
  /** The level at the pin that is off. */
  readonly safe: Level;
}

/** A program that becomes the guardian, having put it somewhere. */
export interface GuardianLauncher {
  /** Words before the guardian's own command. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** How a {@link GuardianProcess} is started. */
export interface GuardianProcessOptions {
  /** Milliseconds without a heartbeat that it bears. */
  readonly silence: number;
  /** @default none: it is started directly */
  readonly launcher?: GuardianLauncher | undefined;
  /** Its `oom_score_adj`. @default as it comes */
  readonly oomScore?: number | undefined;
  /** Where it leaves a note when it has outlived the bot; its process id is added. @default nowhere */
  readonly note?: string | undefined;
  /** Called with the place of an output among the lines which was on past its end. */
  readonly onLate?: (line: number) => void;
}

/** The child's end of the pipe that wakes nobody, behind its standard three. */
const notesFd = 3;

/** Where the file descriptors of lines begin. */
const firstLineFd = notesFd + 1;

/** Milliseconds that a guardian gets to start, and to leave. */
const patience = 5_000;

/** Heartbeats without an answer after which it counts as silent. */
const mostUnanswered = 4;

/**
 * One guardian: a small process with the end of a pipe and with the lines themselves, which
 * outlives the bot by just enough to set every line to its safe level.
 */
export class GuardianProcess {
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  private readonly dropped = new Map<number, () => void>();
  private unanswered = 0;
  /** How often it had gone to sleep when it was last looked at. */
  private sleeps: number | 'stopped' | undefined;
  /** Beats at rest for which it has not. */
  private stillFor = 0;
  private hasEnded = false;
  private fault: Error | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly options: GuardianProcessOptions,
  ) {
    this.ended = new Promise<void>((resolve) => {
      child.on('close', () => resolve());
      // A child that could not be made tells of nothing else.
      child.on('error', (error) => {
        this.fault = error;
        resolve();
      });
    }).then(() => {
      this.hasEnded = true;
      for (const resolve of this.dropped.values()) resolve();
    });
  }

  /**
   * Starts a guardian of `lines`, whose file descriptors must be open when this is called.
   * @throws GpioError GPIO_UNGUARDED when there is no Perl, or it does not start
   */
  static async start(
    lines: readonly GuardedLine[],
    options: GuardianProcessOptions,
  ): Promise<GuardianProcess> {
    const fds: number[] = [];
    const wanted = lines.map(({ name, handle, safe }) => {
      if (handle.kind !== 'chardev') return `${name}:${safe}:${handle.valueFile}`;
      fds.push(handle.fd);
      return `${name}:${safe}:${firstLineFd + fds.length - 1}`;
    });
    const { launcher, silence, oomScore = '', note = '' } = options;
    const settings = [String(silence / 1_000), String(oomScore), note];
    const words = [
      ...(launcher?.words ?? []),
      'perl',
      '-e',
      guardianScript,
      ...settings,
      `notes:${notesFd}`,
      ...wanted,
    ];
    try {
      const guardian = new GuardianProcess(spawnWith(words, fds, launcher?.environment), options);
      await guardian.ready();
      return guardian;
    } catch (cause) {
      throw new GpioError('GPIO_UNGUARDED', `The guardian did not start: ${messageOf(cause)}.`, {
        hint: 'Run "sudo apt install perl-base", and see whether memory and processes are left.',
        cause,
      });
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Whether it has answered lately. */
  get isWell(): boolean {
    return !this.hasEnded && this.unanswered < mostUnanswered;
  }

  /** Tells the guardian that the bot lives, and asks whether it lives itself. @param at monotonic seconds */
  beat(at: number): void {
    this.sleeps = undefined;
    this.unanswered += 1;
    this.say(`b ${at}`);
  }

  /** The same while nothing is on: no answer wakes the bot, which sees by itself whether the last one woke the guardian. */
  beatAtRest(at: number): void {
    const sleeps = sleepsOf(this.child.pid);
    this.stillFor = sleeps !== undefined && sleeps === this.sleeps ? this.stillFor + 1 : 0;
    if (sleeps === 'stopped' || this.stillFor > 1) this.unanswered = mostUnanswered;
    this.sleeps = sleeps;
    this.say(`B ${at}`);
  }

  /** What it has to know when it next wakes. */
  note(line: string): void {
    writeAtOnce(this.notes, line);
  }

  private say(line: string): void {
    writeLine(this.child.stdin, line);
  }

  private get notes(): Writable | null {
    const pipe = this.child.stdio[notesFd];
    return pipe instanceof Writable ? pipe : null;
  }

  /** Takes a line out of its hands; resolves when it has let go of it, unless it answers nothing. */
  async drop(line: number): Promise<void> {
    if (!this.isWell) return;
    const done = new Promise<void>((resolve) => this.dropped.set(line, resolve));
    this.say(`x ${line}`);
    await within(done, patience);
  }

  /** Lets the guardian go without touching a line; resolves when it has gone. */
  async goodbye(): Promise<void> {
    if (this.isWell) this.child.stdin?.end('q\n');
    else this.kill();
    const timer = setTimeout(() => this.kill(), patience);
    await this.ended;
    clearTimeout(timer);
  }

  /**
   * Leaves every line to the guardian, which goes when all are safe.
   * @returns whether it has gone within `time` milliseconds
   */
  async leaveAllTo(time: number): Promise<boolean> {
    this.child.stdin?.end();
    await within(this.ended, time);
    return this.hasEnded;
  }

  /** Lets a guardian that was stopped go on. */
  wake(): void {
    if (this.child.pid !== undefined) this.child.kill('SIGCONT');
  }

  /** A child that could not be made has no number, and kill(2) would take the bot's whole group. */
  private kill(): void {
    if (this.child.pid !== undefined) this.child.kill('SIGKILL');
  }

  private async ready(): Promise<void> {
    const { child } = this;
    child.stdin?.on('error', () => {});
    child.stdout?.on('error', () => {});
    this.notes?.on('error', () => {});
    const signal = AbortSignal.timeout(patience);
    const heard = new ChildLines(child.stdout, (line) => this.hear(line));
    try {
      const gone = this.ended.then(() => {
        throw this.fault ?? new Error('it ended at once');
      });
      await Promise.race([heard.first('ready', signal), gone]);
    } catch (error) {
      this.kill();
      throw error;
    }
    child.unref();
    unrefPipe(child.stdin);
    unrefPipe(child.stdio[notesFd]);
    unrefPipe(child.stdout);
  }

  private hear(line: string): void {
    const [word, place] = line.split(' ');
    if (word === 'b') this.unanswered = Math.max(0, this.unanswered - 1);
    if (word === 'l') this.options.onLate?.(Number(place));
    if (word === 'x') this.dropped.get(Number(place))?.();
  }
}

function spawnWith(
  [program = '', ...words]: readonly string[],
  fds: readonly number[],
  environment: GuardianLauncher['environment'] = {},
): ChildProcess {
  const stdio: StdioOptions = ['pipe', 'pipe', 'ignore', 'pipe', ...fds];
  const env = { PATH: process.env.PATH, ...environment };
  return spawn(program, words, { cwd: '/', detached: true, env, stdio });
}

async function within(done: Promise<unknown>, time: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, time);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}
