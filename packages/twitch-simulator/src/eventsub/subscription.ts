/** What a subscription filters by, such as `broadcaster_user_id`. */
export type Condition = Readonly<Record<string, string>>;

/** Who subscribes: one person by means of one application. */
export interface Subscriber {
  readonly clientId: string;
  readonly userId: string;
}

/** A subscription over WebSocket. */
export interface Subscription extends Subscriber {
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly condition: Condition;
  /** `enabled`, or why it is no more. */
  status: string;
  readonly cost: 0 | 1;
  /** Milliseconds on the simulator's clock. */
  readonly createdAt: number;
  /** As it is written. */
  readonly created: string;
  /** Moves to another one when a session is handed over. */
  sessionId: string;
  /** Milliseconds. */
  connectedAt: number;
  /** Milliseconds; undefined while it lives. */
  disconnectedAt: number | undefined;
}
