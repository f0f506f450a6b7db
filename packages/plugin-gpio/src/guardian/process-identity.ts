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
