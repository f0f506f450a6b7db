import {
  type AccessToken,
  AccessTokens,
  Clock,
  type Consumer,
  forPlugin,
  inject,
  injectable,
  type PerPlugin,
  sleep,
} from '@pertybot/core';
import { EventSubConfig } from '../eventsub-config.js';
import type { TwitchApi, TwitchApiRequest } from '../twitch-api.js';
import { type HttpAnswer, HttpExchange, NoAnswer } from './http-exchange.js';
import { RateBucket } from './rate-bucket.js';
import { readJson, toApiError, toUnreachable } from './to-api-error.js';
import { toTarget } from './to-target.js';
import { TwitchApiError } from './twitch-api-error.js';

/** Pauses before what failed on Twitch's side is tried again, milliseconds. */
const pauses = [500, 1_000, 2_000];

/** How often a refusal for too many requests is waited out. */
const longestPatience = 3;

/** A call of the plugin's own. */
export interface HelixRequest extends TwitchApiRequest {
  /** Whether to give up at the first fault of the network or of Twitch. @default false */
  readonly impatient?: boolean;
}

/** Calls Helix over plain HTTP. A token is read anew for each request, and used for that one. */
@injectable()
export class HelixApi implements TwitchApi, PerPlugin<TwitchApi> {
  private readonly exchange: HttpExchange;
  /** By client and account. */
  private readonly buckets = new Map<string, RateBucket>();

  constructor(
    @inject(AccessTokens) private readonly tokens: AccessTokens,
    @inject(EventSubConfig) private readonly config: EventSubConfig,
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.exchange = new HttpExchange(config.apiUrl);
  }

  [forPlugin]({ signal: stop }: Consumer): TwitchApi {
    const request: TwitchApi['request'] = (request) => {
      const { signal } = request;
      const either = signal === undefined ? stop : AbortSignal.any([signal, stop]);
      return this.request({ ...request, signal: either });
    };
    return { request };
  }

  async request(request: HelixRequest): Promise<unknown> {
    const call = new Call(request);
    for (let refreshed = false; ; refreshed = true) {
      const token = await this.tokenFor(request);
      const answer = await this.persist(call, token);
      if (answer.status === 401) await this.tokens.invalidate(token.token);
      if (answer.status !== 401 || refreshed) return this.read(call, answer, token);
    }
  }

  /** Closes what stayed open. */
  close(): Promise<void> {
    return this.exchange.close();
  }

  private tokenFor({ account, scopes, signal }: HelixRequest): Promise<AccessToken> {
    return this.tokens.get({
      ...(account ?? { account: 'bot' }),
      ...(scopes && { scopes }),
      ...(signal && { signal }),
    });
  }

  /** Asks until there is an answer that trying again would not mend. */
  private async persist(call: Call, token: AccessToken): Promise<HttpAnswer> {
    const bucket = this.bucketOf(call, token);
    let refusals = 0;
    for (let attempt = 0; ; ) {
      const pause = call.impatient ? undefined : pauses[attempt];
      await bucket.take(call.signal);
      const answer = await this.send(call, token, bucket).catch((error: unknown) => {
        if (pause === undefined || !call.mayRepeatAfter(error)) throw this.toError(call, error);
        return undefined;
      });
      if (answer !== undefined) {
        const wait = bucket.learn(answer);
        if (wait !== undefined && refusals < longestPatience && !call.impatient) {
          refusals += 1;
          await sleep(this.clock, wait, call.signal);
          continue;
        }
        if (answer.status < 500 || pause === undefined) return answer;
      }
      attempt += 1;
      await sleep(this.clock, pause ?? 0, call.signal);
    }
  }

  private async send(call: Call, token: AccessToken, bucket: RateBucket): Promise<HttpAnswer> {
    const late = AbortSignal.timeout(this.config.timeout);
    try {
      return await this.exchange.send(call.target, {
        method: call.method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token.token}`,
          'client-id': token.clientId,
          ...call.bodyHeaders,
        },
        body: call.body,
        signal: AbortSignal.any([call.signal, late]),
      });
    } catch (error) {
      bucket.giveBack();
      if (!late.aborted || call.signal.aborted) throw error;
      throw new NoAnswer(`no answer within ${this.config.timeout} ms`, false, error);
    }
  }

  private read(call: Call, answer: HttpAnswer, { token }: AccessToken): unknown {
    if (answer.status < 200 || answer.status > 299) {
      throw toApiError(call.name, answer, { secret: token });
    }
    try {
      return readJson(answer.body);
    } catch (error) {
      throw new TwitchApiError(
        'TWITCH_API_ANSWER_INVALID',
        `What Twitch answered to "${call.name}" is no JSON.`,
        { hint: 'Check "apiUrl"; else wait.', status: answer.status, cause: error },
      );
    }
  }

  private toError(call: Call, error: unknown): unknown {
    return error instanceof NoAnswer ? toUnreachable(call.name, this.config.apiUrl, error) : error;
  }

  private bucketOf(call: Call, { clientId, userId }: AccessToken): RateBucket {
    // Twitch counts what is said in chat apart.
    const key = `${clientId} ${userId}${call.isChat ? ' chat' : ''}`;
    const bucket = this.buckets.get(key) ?? new RateBucket(this.clock);
    this.buckets.set(key, bucket);
    return bucket;
  }
}

const never = new AbortController().signal;

/** A request, made out once however often it is sent. */
class Call {
  readonly method: string;
  readonly target: string;
  readonly name: string;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
  readonly isChat: boolean;
  readonly impatient: boolean;

  constructor({ method = 'GET', path, query, body, signal, impatient = false }: HelixRequest) {
    this.method = method;
    this.target = toTarget({ path, ...(query && { query }) });
    this.name = `${method} ${path}`;
    this.body = body === undefined ? undefined : JSON.stringify(body);
    this.signal = signal ?? never;
    this.isChat = path === 'chat/messages';
    this.impatient = impatient;
  }

  get bodyHeaders(): Readonly<Record<string, string>> {
    if (this.body === undefined) return {};
    const length = String(Buffer.byteLength(this.body));
    return { 'content-type': 'application/json', 'content-length': length };
  }

  /** What may have arrived is not sent twice, unless twice is the same as once. */
  mayRepeatAfter(error: unknown): boolean {
    return error instanceof NoAnswer && (error.isUnsent || this.method !== 'POST');
  }
}
