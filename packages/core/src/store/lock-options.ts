/** How a lock is taken. */
export interface ProcessLockOptions {
  /** What the holder runs, for whoever finds it locked: `pertybot start`. */
  readonly command: string;
  /** Milliseconds to wait while another process holds it. @default 0 */
  readonly wait?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** Something that one process at a time holds. */
export interface ProcessLock {
  /** Lets others take it. */
  release(): Promise<void>;
}
