import { readFileSync } from 'node:fs';

/** A process that no other one is taken for: numbers are used again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Which boot of the machine, and when in it; absent where the kernel does not say. */
  readonly started?: string | undefined;
}

/** Where the kernel keeps when a process started, counted from behind its name. Source: proc(5). */
const startField = 19;

/** Who has this number now; undefined when nobody has. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before may have spaces and brackets in it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { pid, started: `${boot}:${fields[startField]}` };
  } catch {
    return undefined;
  }
}
