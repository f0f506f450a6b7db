import type { IdRequest } from './id-request.js';

/** What an endpoint answers, before a fault may change it. */
export interface IdAnswer {
  readonly status: number;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly html?: string;
  /** Where to send the browser on to. */
  readonly location?: string;
}

/** An endpoint of the OAuth side. */
export interface Endpoint {
  handle(request: IdRequest): IdAnswer;
}

/** Twitch's shape of an error: `{"status":400,"message":"…"}`. */
export function refusal(status: number, message: string): IdAnswer {
  return { status, json: { status, message } };
}

/** An answer that sends the browser to `uri` with `parameters` added to its query. */
export function redirect(
  uri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): IdAnswer {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return { status: 302, location: url.href };
}
