import type { Undo } from '@pertybot/core';
import type { BotReport } from '@pertybot/core/host';
import type { PageReport } from '../shared/feed.js';

/** How often what changes without an event is looked at while somebody looks, milliseconds. */
const lookInterval = 500;

/** How soon after a look the next one may come, milliseconds. */
const shortestPause = 25;

/** Looks take one of so many moments at most: a flood of commands is not slowed down by who looks at it. */
const restPerLook = 100;

/** Looks at the bot while somebody watches, and tells him what changed. */
export class ReportWatch {
  private readonly listeners = new Set<(changed: Partial<PageReport>) => void>();
  private known: Readonly<Record<string, string>> = {};
  private latest: PageReport | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pending: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly report: () => Promise<BotReport>,
    private readonly now: () => number,
  ) {}

  /** Watches; the whole report is told first. */
  watch(listener: (changed: Partial<PageReport>) => void): Undo {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.touch(), lookInterval).unref();
    if (this.latest !== undefined && this.listeners.size > 1) listener(this.latest);
    else this.forget();
    this.touch();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
      clearTimeout(this.pending);
      this.pending = undefined;
    };
  }

  /** Something may have changed. */
  touch(): void {
    if (this.listeners.size === 0) return;
    if (this.looking !== undefined || this.pending !== undefined) this.again = true;
    else void this.look();
  }

  private forget(): void {
    this.known = {};
    this.latest = undefined;
  }

  private async look(): Promise<void> {
    this.again = false;
    const begun = performance.now();
    this.looking = this.tell().catch(() => {});
    await this.looking;
    this.looking = undefined;
    if (this.listeners.size === 0) return;
    const rest = Math.min(lookInterval, (performance.now() - begun) * restPerLook);
    this.pending = setTimeout(
      () => {
        this.pending = undefined;
        if (this.again) this.touch();
      },
      Math.max(shortestPause, rest),
    ).unref();
  }

  private async tell(): Promise<void> {
    const report = toPageReport(await this.report(), this.latest, this.now());
    const written = Object.entries(report).map(([key, value]) => [key, JSON.stringify(value)]);
    // A key that is gone, such as the stop that was released, is told as null.
    const gone = Object.keys(this.known).filter((key) => !(key in report));
    const changed = [
      ...written.filter(([key = '', text]) => text !== this.known[key]),
      ...gone.map((key) => [key, 'null']),
    ];
    this.known = Object.fromEntries(written);
    this.latest = report;
    if (changed.length === 0) return;
    const told: Partial<PageReport> = JSON.parse(
      `{${changed.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join()}}`,
    );
    for (const listener of this.listeners) listener(told);
  }
}

/** Milliseconds by which a time to come may differ from look to look without being another one. */
const jitter = 200;

/**
 * The report with times of day for what is left of something, which would be another one at each look.
 * @param before the report of the last look
 * @param now milliseconds since 1970
 */
export function toPageReport(
  { outputs, gadgets, ...rest }: BotReport,
  before: PageReport | undefined,
  now: number,
): PageReport {
  return {
    ...rest,
    outputs: outputs.map(({ onTimeLeft, ...output }) => {
      if (onTimeLeft === undefined) return output;
      const known = before?.outputs.find(({ pin }) => pin === output.pin)?.offAt;
      return { ...output, offAt: steady(now + onTimeLeft, known) };
    }),
    gadgets: gadgets.map(({ ballot, ...gadget }) => {
      if (ballot === undefined) return gadget;
      const { closesIn, ...stands } = ballot;
      const known = before?.gadgets.find(({ name }) => name === gadget.name)?.ballot?.closesAt;
      return { ...gadget, ballot: { ...stands, closesAt: steady(now + closesIn, known) } };
    }),
  };
}

function steady(at: number, known: number | undefined): number {
  return known !== undefined && Math.abs(known - at) < jitter ? known : Math.round(at);
}
