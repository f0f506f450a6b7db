import { closeSync } from 'node:fs';

/** pidfd_open(2) and pidfd_getfd(2): one number on every architecture (asm-generic/unistd.h). */
const pidfdOpen = 434;
const pidfdGetfd = 438;

/**
 * Takes a copy of another process's file descriptor, whatever that process is doing. The kernel allows it to
 * whoever may debug the process: its own user (unless Yama forbids it) and root.
 * @returns the copy, closed on exec; undefined where the kernel does not give it
 */
export type CopyFd = (pid: number, fd: number) => number | undefined;

/** Reaches the C library through koffi, which is loaded only here. @throws when koffi is not there */
export async function loadCopyFd(): Promise<CopyFd> {
  const koffi = await import('koffi');
  const syscall = koffi.load(null).func('long syscall(long number, long a, long b, long c)');
  return (pid, fd) => {
    const process: number = syscall(pidfdOpen, pid, 0, 0);
    if (process < 0) return undefined;
    const copy: number = syscall(pidfdGetfd, process, fd, 0);
    closeSync(process);
    return copy < 0 ? undefined : copy;
  };
}
