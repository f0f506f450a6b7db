import nodePath from 'node:path';

/** Longest path that a Unix socket takes everywhere: macOS has 104 bytes, with the byte at its end. */
const longestPath = 100;

/**
 * The name of a socket that no file stands for, as it is written on a platform: abstract on Linux, a named pipe
 * on Windows, elsewhere a file in the folder of temporary files.
 */
export function socketName(name: string, platform: NodeJS.Platform, temporary: string): string {
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? pipeName(name) : nodePath.posix.join(temporary, `${name}.sock`);
}

/** The name of a named pipe of Windows. */
export function pipeName(name: string): string {
  return `\\\\.\\pipe\\${name}`;
}

/** Whether a socket can have this path. */
export function fitsSocket(path: string): boolean {
  return Buffer.byteLength(path) <= longestPath;
}
