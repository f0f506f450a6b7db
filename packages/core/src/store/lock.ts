import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parseJson } from './json.js';

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

const holderSchema = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(2)),
  startTime: v.optional(v.number()),
  command: v.string(),
  since: v.string(),
});

/**
 * What a process writes of itself into the lock that it holds. `startTime` is field 22 of `/proc/PID/stat`, clock
 * ticks since the machine started: with it the number names this process and no later one.
 */
export interface LockHolder {
  readonly pid: number;
  readonly startTime?: number | undefined;
  /** What it runs, such as `pertybot start`. */
  readonly command: string;
  /** Since when, an ISO time. */
  readonly since: string;
}

/** This process as the holder of a lock. */
export function describeHolder(command: string): LockHolder {
  const { pid } = process;
  return { pid, startTime: startTimeOf(pid), command, since: new Date().toISOString() };
}

/** Reads what a holder wrote; undefined for anything else. */
export function parseHolder(text: string): LockHolder | undefined {
  const parsed = v.safeParse(holderSchema, parseJson(text));
  return parsed.success ? parsed.output : undefined;
}

/**
 * When a process started, clock ticks since the machine did (proc(5), field 22 of `/proc/PID/stat`).
 * @returns undefined when there is no such process, or no `/proc`
 */
export function startTimeOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, field 2, may hold anything, brackets and spaces too.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(fields[19]);
  } catch {
    return undefined;
  }
}
