import { type Logger, messageOf } from '@pertybot/core';
import type { Deadline } from '../drivers/gpio-driver.js';
import { Deadlines } from './deadlines.js';
import type { GuardianProcessOptions } from './guardian-process.js';
import {
  GuardianSession,
  isReal,
  type RealOutput,
  type WatchedOutput,
} from './guardian-session.js';
import { Heartbeat, longestSilence } from './heartbeat.js';
import { type PinsFile, toRecordedPins } from './pins-file.js';
import { identify } from './process-identity.js';
import { RetryTimer } from './retry-timer.js';

/** What a {@link Guardian} needs. */
export interface GuardianOptions
  extends Pick<GuardianProcessOptions, 'launcher' | 'oomScore' | 'note'> {
  readonly pinsFile: PinsFile;
  readonly log: Logger;
  /**
   * Called when this process stood still for so long that the guardian may have switched the
   * outputs off: the bot then takes every output as off.
   * @param gap milliseconds
   */
  readonly onStall?: (gap: number) => void;
  /** Monotonic milliseconds. @default the kernel's */
  readonly now?: () => number;
  /** Whether outputs may be on without a guardian, by the owner's word. @default false */
  readonly optional?: boolean;
}

/** Taken before any plugin may replace it. */
const hrtime = process.hrtime.bigint;

/** Milliseconds that a guardian with work left gets at the end of the bot. */
const patienceAtEnd = 1_000;

/** Milliseconds of a watch after which a guardian that ends is replaced at once. */
const longSession = 10_000;

/**
 * Keeps a process beside the bot that switches its outputs off when the bot is killed, stands still or
 * leaves one of them on past its end. Each new output starts a new one before the old one leaves.
 */
export class Guardian {
  private session: GuardianSession | undefined;
  private begun = 0;
  private wanted: readonly WatchedOutput[] = [];
  private changing: Promise<void> = Promise.resolve();
  private busy = false;
  private isMissing = false;
  private skipsLauncher = false;
  private readonly heartbeat: Heartbeat;
  private readonly deadlines = new Deadlines<WatchedOutput>();
  private readonly retry = new RetryTimer(() => void this.watch([...this.wanted]));
  private readonly now: () => number;

  constructor(private readonly options: GuardianOptions) {
    this.now = options.now ?? (() => Number(hrtime()) / 1e6);
    const onBeat = () => this.look();
    this.heartbeat = new Heartbeat({ now: this.now, onBeat, onStall: (gap) => this.stalled(gap) });
  }

  /** The guardian's process, where there is one. */
  get pid(): number | undefined {
    return this.session?.process.pid;
  }

  /** Whether the output may be switched on: a guardian that answers has it. A standstill is noticed before anything is. */
  isWatching(output: WatchedOutput): boolean {
    this.heartbeat.catchUp();
    return this.options.optional || !isReal(output) || (this.session?.watches(output) ?? false);
  }

  /**
   * Makes these outputs, and no others, the ones that are watched. Resolves when they are, and when
   * the guardian before has let go of the lines that are not among them. A guardian that cannot be
   * started is said once, and tried again; the one before stays.
   */
  watch(outputs: readonly WatchedOutput[]): Promise<void> {
    this.wanted = outputs;
    if (!this.busy) {
      this.busy = true;
      this.changing = this.changeUntilAsWanted();
    }
    return this.changing;
  }

  /** Resolves when no change of the outputs is under way. */
  settled(): Promise<void> {
    return this.changing;
  }

  /** Says until when an output that is about to be switched on may be on. */
  expect(output: WatchedOutput, deadline: Deadline): void {
    const now = this.now();
    this.deadlines.set(output, deadline, now);
    this.session?.tell(output, now);
    if (this.heartbeat.quick) return;
    this.heartbeat.quick = true;
    // Behind the write that is about to come: it does not wait for the guardian to wake.
    queueMicrotask(() => this.beat());
  }

  /** Says that an output is off. */
  done(output: WatchedOutput): void {
    this.deadlines.clear(output);
    this.session?.tell(output, this.now());
  }

  /** Tells the guardian that the bot lives, and sees whether it does; happens by itself. */
  beat(): void {
    this.heartbeat.beat();
  }

  /** Lets the guardian go: the bot has made its outputs safe, and given them back. */
  goodbye(): Promise<void> {
    return this.watch([]);
  }

  /** Leaves what is not off to the guardian: it goes on trying when the bot has gone, and the list stays. */
  async leave(): Promise<void> {
    await this.settled();
    const session = this.session;
    this.stop();
    if (await session?.process.leaveAllTo(patienceAtEnd)) this.record([]);
  }

  private async changeUntilAsWanted(): Promise<void> {
    for (let done: readonly WatchedOutput[] | undefined; done !== this.wanted; ) {
      done = this.wanted;
      // Nothing may be awaited before this: the file descriptors are known to be open only now.
      if ((await this.change(done.filter(isReal))) === 'again') done = undefined;
    }
    this.busy = false;
  }

  private async change(outputs: readonly RealOutput[]): Promise<'done' | 'again'> {
    const before = this.session;
    if (outputs.length === 0) {
      this.record([]);
      this.stop();
      await before?.process.goodbye();
      return 'done';
    }
    if (outputs.every((output) => before?.watches(output))) {
      await before?.keepOnly(outputs);
      this.record(outputs);
      return 'done';
    }
    const next = await this.begin(outputs);
    if (next === 'again') return next;
    if (next) this.take(next);
    this.record(outputs);
    await (next ? before?.process.goodbye() : before?.keepOnly(outputs));
    return 'done';
  }

  private async begin(
    outputs: readonly RealOutput[],
  ): Promise<GuardianSession | 'again' | undefined> {
    const { oomScore, note } = this.options;
    const launcher = this.skipsLauncher ? undefined : this.options.launcher;
    try {
      return await GuardianSession.begin(outputs, this.deadlines, {
        silence: longestSilence,
        launcher,
        oomScore,
        note,
        onLate: (output) => this.late(output),
      });
    } catch (error) {
      this.skipsLauncher = launcher !== undefined;
      if (this.skipsLauncher) return 'again';
      this.sayMissing(error);
      this.retry.failed();
      return undefined;
    }
  }

  private take(next: GuardianSession): void {
    this.session = next;
    this.begun = this.now();
    next.tellAll(this.begun);
    next.process.beat(this.begun / 1_000);
    void next.process.ended.then(() => this.lost(next));
    this.heartbeat.beating = true;
    this.retry.stop();
    if (this.isMissing) this.options.log.info('The outputs have a guardian again.');
    this.isMissing = false;
  }

  private stop(): void {
    this.session = undefined;
    this.heartbeat.beating = false;
    this.retry.reset();
  }

  private lost(session: GuardianSession): void {
    if (session !== this.session) return;
    this.session = undefined;
    this.heartbeat.beating = false;
    this.options.log.warn('The guardian of the outputs died; another one is started.');
    if (this.now() - this.begun >= longSession) this.retry.reset();
    this.retry.failed();
  }

  private look(): void {
    const guardian = this.session?.process;
    if (this.deadlines.isEmpty) this.heartbeat.quick = false;
    guardian?.[this.heartbeat.quick ? 'beat' : 'beatAtRest'](this.now() / 1_000);
    if (!guardian || guardian.isWell || this.busy || this.retry.isWaiting) return;
    this.options.log.warn('The guardian of the outputs does not answer; another one is started.');
    guardian.wake();
    void this.watch([...this.wanted]);
  }

  private late(output: WatchedOutput): void {
    if (!this.deadlines.late(output)) return;
    const name = output.offset < 0 ? 'The LED on the board' : `GPIO${output.offset}`;
    this.options.log.error(`${name} was on past its end; its guardian switched it off.`);
  }

  private stalled(gap: number): void {
    const seconds = (gap / 1_000).toFixed(1);
    this.options.log.warn(`The bot stood still for ${seconds} s; its outputs are switched off.`);
    this.options.onStall?.(gap);
  }

  private sayMissing(error: unknown): void {
    const { log, optional } = this.options;
    const so = optional
      ? 'A crash may leave outputs on.'
      : 'None is switched on until there is one.';
    if (!this.isMissing) log.error(`${messageOf(error)} ${so}`, { error });
    this.isMissing = true;
  }

  private record(outputs: readonly RealOutput[]): void {
    const pins = toRecordedPins(outputs);
    const { pid } = this;
    try {
      if (pins.length === 0) this.options.pinsFile.remove();
      else this.options.pinsFile.write({ guardian: pid === undefined ? pid : identify(pid), pins });
    } catch (error) {
      this.options.log.warn(`The list of outputs could not be kept: ${messageOf(error)}`);
    }
  }
}
