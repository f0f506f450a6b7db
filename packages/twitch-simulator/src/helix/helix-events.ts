/** What the log keeps of a call: names, and the ids that are no secrets. */
export interface RecordedCall {
  /** Such as `POST eventsub/subscriptions`. */
  readonly call: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** The body as it came; empty where there was none. */
  readonly body: string;
  /** Login of the person whose token it was, if the token was good. */
  readonly login: string | undefined;
  /** The answer's status, or what became of the connection. */
  readonly outcome: number | 'drop' | 'lose-answer' | 'stall' | 'gone';
  /** Milliseconds on the simulator's clock. */
  readonly at: number;
}

/** What happens on the Helix side. */
export interface HelixEvents {
  /** A call has been dealt with. */
  answer: RecordedCall;
}
