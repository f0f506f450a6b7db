import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * Which program has a file of a line of sysfs open, such as `heating (pid 812)`.
 * @param line its folder
 * @returns undefined when none is seen: this user may not look, or it opens them anew each time
 */
export function holderOf(line: string): string | undefined {
  try {
    const inside = `${realpathSync(line)}${path.sep}`;
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const pid = pids.find((each) => Number(each) !== process.pid && hasOpen(each, inside));
    return pid && `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (pid ${pid})`;
  } catch {
    return undefined;
  }
}

function hasOpen(pid: string, inside: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((fd) => opened(path.join(folder, fd)).startsWith(inside));
  } catch {
    // Somebody else's, or gone meanwhile.
    return false;
  }
}

function opened(descriptor: string): string {
  try {
    return readlinkSync(descriptor);
  } catch {
    return '';
  }
}
