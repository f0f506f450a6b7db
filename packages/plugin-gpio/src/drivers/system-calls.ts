import { GpioError } from '../gpio-error.js';

/** The few system calls that Node does not offer. */
export interface SystemCalls {
  /**
   * ioctl(2) with a buffer that the kernel reads and fills.
   * @returns 0, or the errno
   */
  ioctl(fd: number, request: number, argument: Buffer): number;
  /**
   * poll(2) on another thread; the buffer holds `count` structs and is filled in place.
   * @param timeout milliseconds
   * @returns how many have something to tell; negative when it failed or was interrupted
   */
  poll(fds: Buffer, count: number, timeout: number): Promise<number>;
  /** A new eventfd(2): non-blocking, closed on exec. */
  eventfd(): number;
}

/** EFD_NONBLOCK | EFD_CLOEXEC on every Linux that a Raspberry Pi runs (asm-generic/fcntl.h). */
const eventfdFlags = 0o2004000;

/**
 * Reaches the C library through koffi, which is loaded only here.
 * @param load brings koffi; replaced in tests
 * @throws GpioError GPIO_DRIVER_MISSING when koffi is not installed, or not for this machine
 */
export async function loadSystemCalls(
  load: () => Promise<typeof import('koffi')> = () => import('koffi'),
): Promise<SystemCalls> {
  const koffi = await load().catch((cause: unknown) => {
    throw new GpioError('GPIO_DRIVER_MISSING', 'The package "koffi" cannot be loaded.', {
      hint: 'Run "npm install koffi@3.3.4"; it has no build for ARMv6 (Pi 1 and Pi Zero W).',
      cause,
    });
  });
  const libc = koffi.load(null);
  const ioctl = libc.func('int ioctl(int fd, unsigned long request, void *argument)');
  const poll = libc.func('int poll(_Inout_ void *fds, unsigned long count, int timeout)');
  const eventfd = libc.func('int eventfd(unsigned int initial, int flags)');
  return {
    ioctl: (fd, request, argument) => (ioctl(fd, request, argument) < 0 ? koffi.errno() : 0),
    poll: (fds, count, timeout) =>
      new Promise((resolve, reject) => {
        poll.async(fds, count, timeout, (error: unknown, ready: number) => {
          if (error) reject(error);
          else resolve(ready);
        });
      }),
    eventfd: () => {
      const fd: number = eventfd(0, eventfdFlags);
      if (fd >= 0) return fd;
      throw new GpioError(
        'GPIO_DRIVER_FAILED',
        `The kernel gave no eventfd (errno ${koffi.errno()}).`,
      );
    },
  };
}
