import type { LogEntry } from '@pertybot/core/host';
import type { PageRole } from '../../auth/role.js';
import type { Fed, HourReport, PageReport } from '../../shared/feed.js';

/** How the page stands with the bot. */
export type Link = 'connecting' | 'live' | 'lost' | 'out';

/** All that the page knows of the bot. */
export interface LiveState {
  /** `out`: nobody is logged in. */
  readonly link: Link;
  readonly role: PageRole | undefined;
  readonly report: PageReport;
  /** Oldest first. */
  readonly feed: readonly Fed[];
  readonly log: readonly LogEntry[];
  readonly hour: HourReport;
  /** Milliseconds by which the bot's clock is ahead of ours. */
  readonly ahead: number;
}

/** Events that are kept, and lines of the log. */
export const mostEvents = 400;
export const mostLines = 300;

/** What is known before the bot has told anything. */
export const nothingYet: LiveState = {
  link: 'connecting',
  role: undefined,
  report: {
    command: '',
    since: '',
    state: '',
    prefix: '!',
    channels: [],
    plugins: [],
    gadgets: [],
    outputs: [],
    inputs: [],
  },
  feed: [],
  log: [],
  hour: { messages: [], commands: [], refusals: [], timeOn: [] },
  ahead: 0,
};

/** A list with more at its end, and no longer than allowed. */
export function appended<Item>(
  list: readonly Item[],
  more: readonly Item[],
  most: number,
): readonly Item[] {
  return [...list, ...more].slice(-most);
}

/** A report with what changed; what is null is gone. */
export function changed(report: PageReport, change: Partial<PageReport>): PageReport {
  const next: Record<string, unknown> = { ...report, ...change };
  for (const [key, value] of Object.entries(next)) if (value === null) delete next[key];
  // Both are reports; only what is optional is ever null.
  return next as unknown as PageReport;
}
