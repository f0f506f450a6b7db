import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** Time since the machine started: it goes on while no bot runs, and no clock that is set moves it. */
export interface BootClock {
  /** Which start of the machine it counts from; undefined where the system does not say. */
  readonly boot: string | undefined;
  /** Milliseconds since then. */
  now(): number;
}

/** Source: kernel documentation, "/proc/sys/kernel/random/boot_id": new with each start. */
const bootFile = '/proc/sys/kernel/random/boot_id';

/** The machine's own; on Linux `uptime` is that of /proc/uptime. */
export const systemBootClock: BootClock = {
  get boot() {
    try {
      return readFileSync(bootFile, 'utf8').trim();
    } catch {
      return undefined;
    }
  },
  now: () => uptime() * 1_000,
};
