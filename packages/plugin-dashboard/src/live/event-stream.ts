import type { ServerResponse } from 'node:http';

/** Bytes that may wait for a reader; whoever is slower is dropped and comes back for the rest. */
const mostWaiting = 512 * 1_024;

/** Silence after which the stream shows that it lives, milliseconds: the page gives it two seconds. */
const beatInterval = 600;

/** Server-sent events to one reader. */
export class EventStream {
  private readonly timer: NodeJS.Timeout;
  private silent = true;

  /** @param mayRead whether the reader still may, asked with each beat */
  constructor(
    private readonly response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    private readonly mayRead: () => boolean = () => true,
  ) {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write('retry: 500\n\n');
    this.timer = setInterval(() => this.beat(), beatInterval).unref();
    response.on('close', () => clearInterval(this.timer));
    response.on('error', () => this.drop());
  }

  /** @param id by which the reader says where it left off */
  send(event: string, data: unknown, id?: string): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    const head = id === undefined ? '' : `id: ${id}\n`;
    // JSON has no line feeds, and so nothing in it ends the event.
    this.response.write(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    this.silent = false;
    if (this.response.writableLength > mostWaiting) this.drop();
  }

  /** Ends it, whatever still waits. */
  drop(): void {
    clearInterval(this.timer);
    this.response.destroy();
  }

  private beat(): void {
    if (!this.mayRead()) this.drop();
    else if (this.silent) this.send('beat', {});
    this.silent = true;
  }
}
