import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Port of the other side: equal ones share a connection. */
  readonly port: number | undefined;
}

/** What is answered to one request. */
export type Answer =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'silence'
  | 'reset';

/** A server that answers what it was told to, one after the other, and the last one for ever. */
export class FakeHelix {
  readonly arrived: Arrived[] = [];
  answers: Answer[] = [{ status: 200, body: { data: [] } }];

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async start(): Promise<FakeHelix> {
    const server = createServer();
    const helix = new FakeHelix(server);
    server.on('request', (request, response) => void helix.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return helix;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/helix`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += part;
    const { method = '', url = '', headers, socket } = request;
    this.arrived.push({ method, url, headers, body, port: socket.remotePort });
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === undefined || answer === 'silence') return;
    if (answer === 'reset') {
      socket.destroy();
      return;
    }
    const isText = typeof answer.body === 'string';
    const text =
      answer.body === undefined ? '' : isText ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, answer.headers).end(text);
  }
}
