import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Logger, messageOf } from '@pertybot/core';
import { judgeRequest } from '../auth/request-check.js';
import type { AppModule } from '../load-app.js';
import { strictHeaders } from './headers.js';
import type { PageDesk } from './page-desk.js';
import { StreamServer, streamPaths } from './serve-stream.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Connections at the same time; more are closed at once. */
const mostConnections = 128;

/** How long a request may take to arrive, and an idle connection to be used again, milliseconds. */
const arrivalLimit = 5_000;

/** How long a connection without a stream may stand still, milliseconds. */
const silenceLimit = 30_000;

/** How a {@link PageServer} serves. */
export interface PageServerOptions {
  readonly desk: PageDesk;
  readonly logger: Logger;
  readonly hosts: readonly string[];
  readonly secure: boolean;
  /** Loads what answers; asked again at the next request where it failed. */
  loadApp(): Promise<AppModule>;
  /** Runs what answers requests, so that what it throws is somebody's. */
  run(work: () => Promise<void>): void;
}

/**
 * Answers requests. What is heavy is loaded when the first one comes that is meant for us: most bots are looked at
 * rarely.
 */
export class PageServer {
  private readonly streams: StreamServer;
  private app: Promise<Listener> | undefined;

  constructor(
    private readonly server: Server,
    private readonly options: PageServerOptions,
  ) {
    const { desk, secure, logger } = options;
    this.streams = new StreamServer(desk, secure);
    server.maxConnections = mostConnections;
    server.headersTimeout = arrivalLimit;
    server.requestTimeout = arrivalLimit;
    server.keepAliveTimeout = arrivalLimit;
    server.maxRequestsPerSocket = 1_000;
    server.setTimeout(silenceLimit, (socket) => socket.destroy());
    server.on('request', (request, response) => options.run(() => this.answer(request, response)));
    server.on('error', (error) => logger.error('The page failed.', { error }));
  }

  /** Ends what is open and stops listening. */
  async stop(): Promise<void> {
    this.streams.stop();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers, socket, url = '/' } = request;
    const { localAddress, localPort } = socket;
    const { secure, hosts, logger } = this.options;
    const head = { method, headers, localAddress, localPort };
    const fault = judgeRequest(head, { secure, hosts });
    if (fault !== undefined) return refuse(response, 403, fault);
    if (!url.startsWith('/')) return refuse(response, 400, 'This is no path.');
    const [path = ''] = url.split('?');
    if (streamPaths.includes(path)) {
      socket.setTimeout(0);
      return this.streams.serve(request, response);
    }
    try {
      await (await this.open())(request, response);
    } catch (error) {
      logger.error(`The page could not answer: ${messageOf(error)}`, { error });
      if (!response.headersSent) refuse(response, 500, 'The page failed; the log says why.');
    }
  }

  private open(): Promise<Listener> {
    this.app ??= this.load();
    return this.app;
  }

  private async load(): Promise<Listener> {
    const { desk, secure, loadApp } = this.options;
    try {
      const { createApp } = await loadApp();
      return await createApp(desk, secure);
    } catch (error) {
      this.app = undefined;
      throw error;
    }
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    ...strictHeaders,
    'content-type': 'application/json',
    connection: 'close',
  });
  response.end(JSON.stringify({ done: false, text }));
}

/** Options of a server that checks whether somebody dawdles; each check wakes the machine, also when nobody is there. */
export const serverOptions = {
  connectionsCheckingInterval: arrivalLimit,
  maxHeaderSize: 16_384,
} as const;

/** A server for plain HTTP. */
export function createPlainServer(): Server {
  return createServer(serverOptions);
}
