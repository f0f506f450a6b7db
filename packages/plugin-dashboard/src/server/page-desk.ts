import type { Inbox, Undo } from '@pertybot/core';
import type { OwnerControl } from '@pertybot/core/host';
import { AttemptLimit } from '../auth/attempts.js';
import { makePageKeys, type PageKeys, writePageKeys } from '../auth/key-file.js';
import { makeOneTime, OneTimeLinks } from '../auth/one-time-links.js';
import type { PageRole } from '../auth/role.js';
import { makeSecret } from '../auth/secret.js';
import { Sessions } from '../auth/sessions.js';
import { Counts } from '../live/counts.js';
import { Feed } from '../live/feed.js';
import { LastHour } from '../live/last-hour.js';
import { ReportWatch } from '../live/report-watch.js';
import type { HeardEvent } from '../live/to-feed-event.js';
import type { AddedPage } from '../pages.js';

/** What a {@link PageDesk} is made of. */
export interface PageDeskOptions {
  readonly control: OwnerControl;
  readonly stateFolder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  /** Whether somebody tells of an event of a channel, and knows more of it than chat. */
  readonly isBrought?: Inbox['isBrought'] | undefined;
}

/** Events that change nothing of what the bot reports, and come in floods. */
const unreported: readonly string[] = ['message', 'refusal', 'reply'];

/** All that the page knows, whoever asks for it. */
export class PageDesk {
  readonly feed: Feed;
  readonly watch: ReportWatch;
  readonly counts: Counts;
  readonly hour: LastHour;
  readonly attempts: AttemptLimit;
  /** Names this run of the page. */
  readonly epoch = makeSecret().slice(0, 12);
  readonly pages = new Map<string, AddedPage>();
  private links: OneTimeLinks;

  private constructor(
    private readonly options: PageDeskOptions,
    readonly sessions: Sessions,
    private current: PageKeys,
  ) {
    const { control, now, monotonic, isBrought } = options;
    this.feed = new Feed(now, (channel) => isBrought?.('redeem', channel) ?? false);
    this.watch = new ReportWatch(() => control.report(), now);
    this.counts = new Counts(monotonic);
    this.hour = new LastHour(monotonic);
    this.attempts = new AttemptLimit(monotonic);
    this.links = new OneTimeLinks(current.link);
  }

  /** @param address of the page */
  static async open(options: PageDeskOptions, address: string): Promise<PageDesk> {
    const sessions = await Sessions.open(options.stateFolder);
    return new PageDesk(options, sessions, await makePageKeys(options.stateFolder, address));
  }

  get control(): OwnerControl {
    return this.options.control;
  }

  get stateFolder(): string {
    return this.options.stateFolder;
  }

  get now(): () => number {
    return this.options.now;
  }

  get keys(): PageKeys {
    return this.current;
  }

  /** Tells the page of an event of the bot. */
  hear(event: HeardEvent): void {
    this.counts.hear(event);
    this.hour.hear(event);
    this.feed.hear(event);
    if (!unreported.includes(event.name)) this.watch.touch();
  }

  /** A link that lets its bearer in once. */
  link(role: PageRole): string {
    return `${this.current.address}login?once=${makeOneTime(this.current.link, role, Date.now())}`;
  }

  /** @returns whom the word of a link makes of its bearer */
  takeLink(word: string): PageRole | undefined {
    return this.links.take(word);
  }

  /** Gives the overlay and the metrics new keys: whoever had the old ones sees nothing any more. */
  async revokeKeys(): Promise<PageKeys> {
    const keys = { ...this.current, overlay: makeSecret(), metrics: makeSecret() };
    await writePageKeys(this.stateFolder, keys);
    this.current = keys;
    return keys;
  }

  /** Adds a page of a plugin. */
  add(page: AddedPage): Undo {
    if (!/^[a-z][a-z0-9-]*$/.test(page.path) || this.pages.has(page.path)) {
      throw new RangeError(`A page cannot be added at "${page.path}".`);
    }
    this.pages.set(page.path, page);
    return () => void this.pages.delete(page.path);
  }
}
