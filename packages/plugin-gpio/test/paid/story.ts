import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RedemptionOutcome } from '@pertybot/core/host';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';
import { dice } from './dice.js';
import { type PinChange, pausesBetween, timesOn } from './pin-changes.js';
import {
  deadTime,
  gadgets,
  howls,
  maxOn,
  opposites,
  paidPins,
  rewards,
  switchesAllOff,
  viewers,
  words,
} from './story-bot.js';

/** A redemption of a story. */
interface Redeemed {
  readonly reward: string;
  readonly at: number;
  /** When it was told to be about to move. */
  readonly willMove: number[];
  outcome?: RedemptionOutcome;
  decidedAt?: number;
}

const pins = Object.keys(maxOn).map(Number);
const mod = { as: 'Mod', roles: ['moderator'] } as const;

/**
 * An evening in which viewers type and redeem what they like, everything is stopped and released, and the plugin
 * starts again, at random.
 */
export class Story {
  /** What was promised and not kept, a sentence each. */
  readonly broken: string[] = [];
  /** All that happened, for whoever looks for the cause. */
  readonly lines: string[] = [];
  private readonly roll: () => number;
  private readonly redeemed: Redeemed[] = [];
  private readonly changes: PinChange[] = [];
  private board;
  private seen: number;
  private isStopped = false;

  private constructor(
    seed: number,
    private readonly bot: GpioBot,
  ) {
    this.roll = dice(seed);
    this.board = bot.board;
    this.seen = this.board.history.length;
  }

  /** Plays the story of a seed to its end. */
  static async play(seed: number): Promise<Story> {
    const folder = mkdtempSync(path.join(tmpdir(), 'story-'));
    const folders = { bot: folder, state: path.join(folder, 'state') };
    const bot = await startGpioBot(
      { chatLostAfter: 'never', gadgets },
      { rewards, folders, plugins: [howls] },
    );
    const story = new Story(seed, bot);
    try {
      const steps = 12 + Math.floor(story.roll() * 25);
      for (let step = 0; step < steps; step++) await story.step();
      await story.end();
    } finally {
      await bot.stop();
      rmSync(folder, { recursive: true, maxRetries: 9 });
    }
    for (const pin of pins)
      if (bot.board.level(pin) === 1) story.fail(`GPIO${pin} outlives the bot`);
    return story;
  }

  private async step(): Promise<void> {
    const chance = this.roll();
    if (chance < 0.35) this.say(this.pick(words));
    else if (chance < 0.68) this.redeem(this.pick(Object.keys(rewards)));
    else if (chance < 0.72) await this.stopAll();
    else if (chance < 0.77) this.release();
    else if (chance < 0.8) await this.switchAllOff();
    else if (chance < 0.82) await this.restart();
    if (this.roll() < 0.7) await this.pass(this.pick([0, 1, 100, 500, 2_000, 5_000, 9_000]));
  }

  private say(text: string): void {
    const as = this.viewerFor(text);
    this.note(`${as}: ${text}`);
    void this.bot.hear(text, { as });
  }

  private redeem(reward: string): void {
    const as = this.viewerFor(reward);
    this.note(`${as} redeems ${reward}`);
    const entry: Redeemed = { reward, at: this.now, willMove: [] };
    this.redeemed.push(entry);
    const willMove = () => void entry.willMove.push(this.now);
    void this.bot.redeem(reward, { as, willMove }).then((outcome) => {
      this.note(`${reward} of ${entry.at}: ${JSON.stringify(outcome)}`);
      entry.outcome = outcome;
      entry.decidedAt = this.now;
    });
  }

  /** Behind what takes long waits all else of its viewer, and begins when that is ended. */
  private viewerFor(what: string): string {
    return /stick|jam/i.test(what) ? `viewer${this.lines.length}` : this.pick(viewers);
  }

  private async stopAll(): Promise<void> {
    this.note('everything is stopped');
    void this.bot.hear('!estop', mod);
    await this.pass(0);
    this.isStopped = true;
    this.requireDark('after the emergency stop');
  }

  private release(): void {
    if (!this.isStopped) return;
    this.note('released');
    this.isStopped = false;
    this.bot.emergencyStop.release();
  }

  private async switchAllOff(): Promise<void> {
    if (this.isStopped) return;
    // What a crowd has begun to decide is decided.
    await this.pass(2_000);
    this.note('all is switched off');
    for (const text of switchesAllOff) void this.bot.hear(text, { ...mod, as: `mod${text}` });
    await this.pass(0);
    this.requireDark('after all was switched off');
    const before = this.changes.length;
    await this.pass(40_000);
    for (const { pin, level, at } of this.changes.slice(before)) {
      if (level === 1) this.fail(`GPIO${pin} goes on by itself at ${at}`);
    }
  }

  private async restart(): Promise<void> {
    this.note('the plugin starts again');
    const done = this.bot.restart('gpio').then(() => true);
    const soon = () => new Promise<false>((resolve) => setTimeout(resolve, 1, false));
    while (!(await Promise.race([done, soon()]))) await this.pass(1);
  }

  private async end(): Promise<void> {
    this.release();
    await this.pass(15 * 60_000);
    this.requireDark('long after the last word');
    for (const each of this.redeemed) this.judge(each);
    for (const { level, message } of this.bot.log)
      if (level === 'error' && !message.includes('siren')) this.fail(message);
    for (const pin of pins) this.judgePin(pin);
    const pauses = pausesBetween(this.changes, ...opposites);
    if (Math.min(...pauses, deadTime) < deadTime) this.fail(`the motor turned within ${pauses} ms`);
  }

  /** Who paid had something for it, and who had nothing did not pay. */
  private judge({ reward, at, willMove, outcome, decidedAt = at }: Redeemed): void {
    const what = `${reward} of ${at}`;
    if (outcome === undefined) {
      this.fail(`${what} is never decided`);
      return;
    }
    if (willMove.length > 1) this.fail(`${what} was about to move twice`);
    const { pins: own, half } = paidPins[reward] ?? { pins: [] };
    const has = this.changes.some((each) => {
      return own.includes(each.pin) && each.at >= at && each.at <= decidedAt;
    });
    if (outcome.moved && !has) this.fail(`${what} took the points for nothing`);
    const [begun] = willMove;
    const [pin] = own;
    if (half === undefined || begun === undefined || pin === undefined) return;
    const times = timesOn(this.changes, pin, begun);
    const [longest, shortest] = [Math.max(...times), Math.min(...times)];
    if (outcome.moved && longest < half) this.fail(`${what} took the points for ${longest} ms`);
    if (!outcome.moved && shortest >= half) this.fail(`${what} gave ${shortest} ms back`);
  }

  private judgePin(pin: number): void {
    if (Math.max(0, ...timesOn(this.changes, pin)) > (maxOn[pin] ?? 0)) {
      this.fail(`GPIO${pin} was on for too long`);
    }
  }

  private async pass(time: number): Promise<void> {
    await this.bot.clock.advance(time);
    if (this.bot.board !== this.board) {
      // A board of its own for each life of the plugin, in which nothing is on.
      this.gather();
      for (const pin of pins) this.changes.push({ pin, level: 0, at: this.now });
      this.board = this.bot.board;
      this.seen = 0;
    }
    this.gather();
  }

  private gather(): void {
    for (const { offset: pin, level, at } of this.board.history.slice(this.seen)) {
      this.changes.push({ pin, level, at });
      this.lines.push(`${at}   GPIO${pin} ${level}`);
      if (level === 1 && this.isStopped)
        this.fail(`GPIO${pin} goes on while everything is stopped`);
    }
    this.seen = this.board.history.length;
  }

  private requireDark(when: string): void {
    for (const pin of pins)
      if (this.bot.board.level(pin) === 1) this.fail(`GPIO${pin} is on ${when}`);
  }

  private pick<Item>(list: readonly Item[]): Item {
    return list[Math.floor(this.roll() * list.length)] as Item;
  }

  private get now(): number {
    return this.bot.clock.now();
  }

  private note(line: string): void {
    this.lines.push(`${this.now} ${line}`);
  }

  private fail(what: string): void {
    this.broken.push(`${this.now}: ${what}`);
  }
}
