import { readFileSync } from 'node:fs';
import { startTimeOf } from '@pertybot/core/host';

/** A process that no other one is taken for: numbers are used again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Which boot of the machine, and when in it. */
  readonly started: string;
}

/** Who has this number now; undefined when nobody has, or the kernel does not say. */
export function identify(pid: number): ProcessIdentity | undefined {
  const time = startTimeOf(pid);
  if (time === undefined) return undefined;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { pid, started: `${boot}:${time}` };
  } catch {
    return undefined;
  }
}

/** How often a process has gone to sleep by itself, or that it is stopped; undefined when it cannot be seen. */
export function sleepsOf(pid: number | undefined): number | 'stopped' | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    if (/^State:\s+T/m.test(status)) return 'stopped';
    return Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]);
  } catch {
    return undefined;
  }
}
