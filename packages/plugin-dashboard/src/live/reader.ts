import type { Undo } from '@pertybot/core';
import type { LogTail } from '@pertybot/core/host';
import { includes, type PageRole } from '../auth/role.js';
import type { Fed, PageReport } from '../shared/feed.js';
import type { EventStream } from './event-stream.js';
import { type Feed, mostRemembered } from './feed.js';
import type { LastHour } from './last-hour.js';
import type { ReportWatch } from './report-watch.js';

/** Where a {@link Reader} reads. */
export interface ReaderSources {
  readonly feed: Feed;
  readonly hour: LastHour;
  readonly watch: ReportWatch;
  readonly log: LogTail;
  /** Names this run of the server: numbers of another one mean nothing here. */
  readonly epoch: string;
  readonly now: () => number;
}

/** Who reads. */
export interface ReaderOptions {
  readonly role: PageRole;
  /** Id of the last event that he has seen. */
  readonly lastId: string | undefined;
  /** Whether he only sees what viewers may: no names of plugins, no log. @default false */
  readonly isOverlay?: boolean;
}

/** How long events are gathered, so that many come as one, milliseconds: shortly, but for a flood. */
const gatherTime = 20;
const floodTime = 500;

/** Events at once that are a flood: nobody reads a thousand lines a second, and chat must not pay for them. */
const flood = 40;

/** Lines of chat that are told of a flood so large that most of it is forgotten already: nobody misses one more. */
const fewLines = 60;

/** How often the numbers of the last hour are told again while they change, milliseconds. */
const hourInterval = 2_000;

/** Types of events that an overlay shows. */
const overlayTypes: readonly string[] = ['command', 'refusal', 'event', 'gadget', 'pin', 'estop'];

/** Tells one reader what he missed, and then what happens. @returns ends it */
export function read(
  stream: EventStream,
  sources: ReaderSources,
  { role, lastId, isOverlay = false }: ReaderOptions,
): Undo {
  const { feed, watch, log, epoch, now } = sources;
  const seen = seenOf(lastId, sources);
  let last = seen ?? 0;
  stream.send('hello', { role, whole: seen === undefined, now: now() });
  let timer: NodeJS.Timeout | undefined;
  let pace = gatherTime;
  let unwait: Undo = () => {};
  const tell = () => {
    const news = feed.newest - last;
    pace = news > flood ? floodTime : gatherTime;
    const all = feed.after(last, last > 0 && news > mostRemembered ? fewLines : mostRemembered);
    last = feed.newest;
    const told = isOverlay ? all.filter(isForOverlay) : all;
    if (told.length > 0) stream.send('feed', told, `${epoch}-${last}`);
    unwait = feed.onNext(tellSoon);
  };
  const tellSoon = () => {
    timer = setTimeout(tell, pace).unref();
  };
  tell();
  // What was missed is no flood.
  pace = gatherTime;
  const undo = [
    () => unwait(),
    watch.watch((changed) => stream.send('report', isOverlay ? forOverlay(changed) : changed)),
  ];
  if (!isOverlay) undo.push(tellHour(stream, sources.hour));
  if (includes(role, 'owner') && !isOverlay) {
    stream.send('log', log.lines);
    undo.push(log.onLine((line) => stream.send('log', [line])));
  }
  return () => {
    clearTimeout(timer);
    for (const each of undo) each();
  };
}

function tellHour(stream: EventStream, hour: LastHour): Undo {
  let told = '';
  const tell = () => {
    const report = hour.report;
    const text = JSON.stringify(report);
    if (text !== told) stream.send('hour', report);
    told = text;
  };
  tell();
  const timer = setInterval(tell, hourInterval).unref();
  return () => clearInterval(timer);
}

/** @returns undefined where all must be told anew */
function seenOf(lastId: string | undefined, { epoch, feed }: ReaderSources): number | undefined {
  const [, of, number] = /^([\w-]{1,40})-(\d{1,15})$/.exec(lastId ?? '') ?? [];
  if (of !== epoch) return undefined;
  const seen = Number(number);
  return seen <= feed.newest && seen + 1 >= feed.oldest ? seen : undefined;
}

function isForOverlay({ type }: Fed): boolean {
  return overlayTypes.includes(type);
}

function forOverlay({ gadgets, outputs, estop }: Partial<PageReport>): Partial<PageReport> {
  return {
    ...(gadgets && { gadgets }),
    ...(outputs && { outputs }),
    ...(estop !== undefined && { estop }),
  };
}
