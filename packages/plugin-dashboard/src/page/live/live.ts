import type { StreamEvents } from '../../shared/feed.js';
import {
  appended,
  changed,
  type Link,
  type LiveState,
  mostEvents,
  mostLines,
  nothingYet,
} from './live-state.js';

/** Silence after which the bot counts as lost, milliseconds: it beats more than three times in that. */
const patience = 1_900;

/** How long until the next try after the stream was refused, milliseconds. */
const nextTry = 700;

/** How often those who show events are told of new ones, milliseconds. */
const feedPace = 80;

/** Hears the bot, comes back by itself, and tells those who show it. */
export class Live {
  state: LiveState = nothingYet;
  private readonly listeners = new Set<() => void>();
  private source: EventSource | undefined;
  private watchdog: number | undefined;
  private telling: number | undefined;
  private lastId = '';

  /** @param address of the stream */
  constructor(private readonly address: string) {}

  /** Calls `listener` after each change. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Begins to hear, or begins anew. */
  connect(): void {
    this.source?.close();
    const last =
      this.lastId === '' ? '' : `${this.address.includes('?') ? '&' : '?'}last=${this.lastId}`;
    const source = new EventSource(`${this.address}${last}`);
    this.source = source;
    this.watch();
    const hear = <Name extends keyof StreamEvents>(
      name: Name,
      take: (data: StreamEvents[Name]) => void,
    ) => {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.watch();
        if (event.lastEventId !== '') this.lastId = event.lastEventId;
        take(JSON.parse(event.data));
      });
    };
    hear('hello', ({ role, whole, now }) => {
      const { feed } = this.state;
      this.set({ link: 'live', role, log: [], feed: whole ? [] : feed, ahead: now - Date.now() });
    });
    hear('feed', (events) => {
      const newest = this.state.feed.at(-1)?.number ?? 0;
      const news = events.filter(({ number }) => number > newest);
      this.set({ feed: appended(this.state.feed, news, mostEvents) }, feedPace);
    });
    hear('report', (change) => this.set({ report: changed(this.state.report, change) }));
    hear('log', (lines) => this.set({ log: appended(this.state.log, lines, mostLines) }, feedPace));
    hear('hour', (hour) => this.set({ hour }));
    hear('beat', () => this.set({ link: 'live' }));
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.lose();
    };
  }

  /** Hears nothing any more: nobody is logged in. */
  end(): void {
    clearTimeout(this.watchdog);
    this.source?.close();
    this.lastId = '';
    this.set({ ...nothingYet, link: 'out' });
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    this.watchdog = window.setTimeout(() => this.lose(), patience);
  }

  private lose(): void {
    clearTimeout(this.watchdog);
    this.source?.close();
    this.set({ link: 'lost' });
    this.watchdog = window.setTimeout(() => void this.tryAgain(), nextTry);
  }

  /** A stream does not say why it was refused; a request does. */
  private async tryAgain(): Promise<void> {
    const answer = await fetch('/api/me', { signal: AbortSignal.timeout(patience) }).catch(
      () => undefined,
    );
    const me: unknown = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
    const isOut = typeof me === 'object' && me !== null && !('role' in me);
    if (isOut && !this.address.includes('key=')) this.end();
    else this.connect();
  }

  private set(change: Partial<LiveState>, pace = 0): void {
    const isSame = Object.entries(change).every(
      ([key, value]) => this.state[key as keyof LiveState] === value,
    );
    if (isSame) return;
    this.state = { ...this.state, ...change };
    if (pace > 0) this.telling ??= window.setTimeout(() => this.tell(), pace);
    else this.tell();
  }

  private tell(): void {
    clearTimeout(this.telling);
    this.telling = undefined;
    for (const listener of this.listeners) listener();
  }
}

/** Whether what is shown is true now. */
export function isLive(link: Link): boolean {
  return link === 'live';
}
