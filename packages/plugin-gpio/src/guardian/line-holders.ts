import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A process's own descriptor of a line that the kernel granted to it. */
export interface LineHolder {
  readonly pid: number;
  readonly fd: number;
}

/**
 * Which processes have a line of the character device, as far as this user may know: the bot, its guardian, or
 * both. The kernel tells it of each descriptor, from Linux 6.1 on.
 * @param chip `gpiochip0`
 */
export function findLineHolders(
  chip: string,
  offset: number,
  procFolder = '/proc',
): readonly LineHolder[] {
  const pids = readdirSync(procFolder).filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const folder = join(procFolder, pid);
    return list(join(folder, 'fd')).flatMap((fd) => {
      if (linkOf(join(folder, 'fd', fd)) !== 'anon_inode:gpio-line') return [];
      const info = textOf(join(folder, 'fdinfo', fd));
      const lines = [...info.matchAll(/^gpio-line:\s*(\d+)$/gm)].map(([, line]) => Number(line));
      const isIt = new RegExp(`^gpio-chip:\\s*${chip}$`, 'm').test(info) && lines[0] === offset;
      return isIt && lines.length === 1 ? [{ pid: Number(pid), fd: Number(fd) }] : [];
    });
  });
}

/** What is no more, or not ours to see, has nothing. */
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
