import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { TwitchApiError } from './twitch-api-error.js';

/** A request as it goes out. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

/** An answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Longest answer that is read, bytes; a page of a thousand chatters has a tenth of it. */
const longestAnswer = 4 * 1024 * 1024;

/** Why a request got no answer, and whether it can have had an effect all the same. */
export class NoAnswer extends Error {
  constructor(
    /** Of Node's error, such as `ECONNREFUSED`. */
    readonly reason: string,
    /** Whether it surely did not arrive: nothing was listening, or the connection had ended before. */
    readonly isUnsent: boolean,
    cause: unknown,
  ) {
    super(reason, { cause });
  }
}

/** What Node says where no connection came about. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/**
 * Sends requests by Node's own `http` or `https` over connections that stay open: its `fetch` would take 13 MB.
 * No redirect is followed, since it would carry the token to wherever it points.
 */
export class HttpExchange {
  private loaded: Promise<Way> | undefined;

  constructor(private readonly base: string) {}

  /**
   * @throws NoAnswer where nothing answers
   * @throws TwitchApiError TWITCH_API_ANSWER_INVALID where the answer has no end
   * @throws the signal's reason when it fires
   */
  async send(target: string, request: HttpRequest): Promise<HttpAnswer> {
    this.loaded ??= load(this.base);
    const { open, agent } = await this.loaded;
    const { method, headers, body, signal } = request;
    signal.throwIfAborted();
    const options: RequestOptions = { method, headers, signal, agent };
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) =>
        reject(signal.aborted ? signal.reason : toNoAnswer(error, sent.reusedSocket));
      const sent = open(`${this.base}/${target}`, options, (response) => {
        readAnswer(response).then(resolve, fail);
      });
      sent.on('error', fail).end(body);
    });
  }

  /** Closes the connections that stayed open. */
  async close(): Promise<void> {
    const way = await this.loaded;
    way?.agent.destroy();
    this.loaded = undefined;
  }
}

interface Way {
  readonly open: typeof import('node:http').request;
  readonly agent: Agent;
}

async function load(base: string): Promise<Way> {
  const { request: open, Agent } = base.startsWith('https:')
    ? await import('node:https')
    : await import('node:http');
  // More at once would only run into Twitch's limits sooner.
  return { open, agent: new Agent({ keepAlive: true, maxSockets: 6, maxFreeSockets: 2 }) };
}

function toNoAnswer(error: unknown, isReused: boolean): Error {
  if (error instanceof TwitchApiError) return error;
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const isUnsent = unsentCodes.has(code ?? '') || (isReused && code === 'ECONNRESET');
  return new NoAnswer(code ?? message ?? 'unknown', isUnsent, error);
}

async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    length += part.length;
    if (length > longestAnswer) throw toTooLong();
    parts.push(part);
  }
  const body = Buffer.concat(parts).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function toTooLong(): TwitchApiError {
  return new TwitchApiError(
    'TWITCH_API_ANSWER_INVALID',
    'What Twitch answered is longer than 4 MiB.',
    { hint: 'Ask for less at once.' },
  );
}
