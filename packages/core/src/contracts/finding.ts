/** One line of `pertybot doctor` or `pertybot check`. */
export interface Finding {
  readonly level: 'ok' | 'info' | 'warning' | 'error';
  /** What was looked at, such as `driver`. */
  readonly subject: string;
  /** What was found, one sentence. */
  readonly message: string;
  /** One line that mends it. */
  readonly hint?: string;
  /** What `--json` shows beside it. */
  readonly data?: object;
}
