import type { IncomingMessage, ServerResponse } from 'node:http';
import { EventStream } from '../live/event-stream.js';
import { read } from '../live/reader.js';
import { strictHeaders } from './headers.js';
import type { PageDesk } from './page-desk.js';
import { isKey, whoAsks } from './who-asks.js';

/** Streams at the same time: tabs, phones and OBS of one household. */
const mostStreams = 24;

/** Paths of the streams. */
export const streamPaths: readonly string[] = ['/events', '/overlay/events'];

/** Streams what happens to those who may see it; the oldest one goes when there are too many. */
export class StreamServer {
  private readonly open = new Set<EventStream>();

  constructor(
    private readonly desk: PageDesk,
    private readonly secure: boolean,
  ) {}

  serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const isOverlay = pathname === '/overlay/events';
    const roleNow = () =>
      isOverlay
        ? this.overlayRole(searchParams.get('key'))
        : whoAsks(request, this.desk, this.secure).role;
    const role = roleNow();
    if (role === undefined || request.method !== 'GET') {
      response.writeHead(role === undefined ? 401 : 405, strictHeaders).end();
      return;
    }
    // Who logs out, or whose key is replaced, sees no more from then on.
    const stream = new EventStream(response, strictHeaders, () => roleNow() === role);
    this.open.add(stream);
    const [oldest] = this.open;
    if (this.open.size > mostStreams) oldest?.drop();
    const { feed, hour, watch, epoch, now, control } = this.desk;
    const lastEventId = request.headers['last-event-id'];
    const lastId =
      (Array.isArray(lastEventId) ? lastEventId[0] : lastEventId) ?? searchParams.get('last');
    const stop = read(
      stream,
      { feed, hour, watch, log: control.log, epoch, now },
      { role, lastId: lastId ?? undefined, isOverlay },
    );
    response.on('close', () => {
      stop();
      this.open.delete(stream);
    });
  }

  /** Ends all streams. */
  stop(): void {
    for (const stream of this.open) stream.drop();
  }

  private overlayRole(key: string | null) {
    return isKey(key, this.desk.keys.overlay) ? ('viewer' as const) : undefined;
  }
}
