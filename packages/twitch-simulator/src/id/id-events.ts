import type { IdRequest } from './id-request.js';

/** What the log keeps of a request: names, never values. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Names of the query's parameters. */
  readonly queryNames: readonly string[];
  /** Names of the form's fields. */
  readonly formNames: readonly string[];
  readonly contentType: string | undefined;
  /** `grant_type`, which is no secret. */
  readonly grantType: string | undefined;
  /** The answer's status, or what became of the connection. */
  readonly outcome: number | 'drop' | 'lose-answer' | 'cut' | 'stall' | 'gone';
  /** What Twitch or good sense forbids in it, such as a secret in the query string. */
  readonly problems: readonly string[];
}

/** What happens on the OAuth side. */
export interface IdEvents {
  /** A request has arrived; with all its values. */
  request: IdRequest;
  /** A request has been dealt with. */
  answer: RecordedRequest;
}

/** The entry of the log for `request`. */
export function recordOf(request: IdRequest, outcome: RecordedRequest['outcome']): RecordedRequest {
  return {
    method: request.method,
    path: request.path,
    queryNames: [...request.query.keys()],
    formNames: [...request.form.keys()],
    contentType: request.headers['content-type'],
    grantType: request.form.get('grant_type') ?? undefined,
    outcome,
    problems: [...request.problems],
  };
}
