/** Longest path that a Unix socket takes everywhere: macOS has 104 bytes, with the byte at its end. */
const longestPath = 100;

/** The name of a named pipe of Windows. */
export function pipeName(name: string): string {
  return `\\\\.\\pipe\\${name}`;
}

/** Whether a socket can have this path. */
export function fitsSocket(path: string): boolean {
  return Buffer.byteLength(path) <= longestPath;
}
