import { createHash } from 'node:crypto';
import net from 'node:net';
import { OAuthError } from './oauth-error.js';

/** Longest wait for another process, milliseconds. A holder is never busy for half as long. */
const longestWait = 60_000;

/**
 * Lets one process at a time into a task, by holding a socket that only one can hold. The kernel frees it
 * the moment its owner dies, kill -9 included; no clock and no file is involved, so nothing goes stale.
 * On Linux it is an abstract Unix socket, on Windows a named pipe, elsewhere a TCP port of loopback
 * that is computed from the name. Processes in different network namespaces (containers that share
 * a folder, for instance) do not see each other.
 */
export class ProcessLock {
  private readonly address: net.ListenOptions;

  /**
   * @param name what is locked, such as `tokens`
   * @param folder where it lies: two bots in two folders do not wait for each other
   */
  constructor(name: string, folder: string) {
    this.address = toAddress(name, folder);
  }

  /**
   * Runs `task` while no other holder of this lock does.
   * @throws OAuthError when another process holds it for a minute
   * @throws the signal's reason when `signal` fires while waiting
   */
  async run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const release = await this.acquire(signal);
    try {
      return await task();
    } finally {
      await release();
    }
  }

  private async acquire(signal: AbortSignal | undefined): Promise<() => Promise<void>> {
    const timeout = AbortSignal.timeout(longestWait);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    for (;;) {
      signal?.throwIfAborted();
      if (timeout.aborted) {
        throw new OAuthError(
          'TOKEN_STORE_BUSY',
          'Another process has held the tokens for a minute.',
          {
            hint: 'Stop other copies of this bot; it is tried again.',
          },
        );
      }
      const release = await tryListen(this.address);
      if (release !== undefined) return release;
      await untilReleased(this.address, either);
    }
  }
}

function toAddress(name: string, folder: string): net.ListenOptions {
  const hash = createHash('sha256').update(`${name}\0${folder}`).digest();
  const unique = `pertybot-${process.getuid?.() ?? 0}-${hash.toString('hex', 0, 12)}-${name}`;
  if (process.platform === 'linux') return { path: `\0${unique}` };
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\${unique}` };
  return { host: '127.0.0.1', port: 20_000 + (hash.readUInt32BE(0) % 20_000) };
}

/** @returns what frees the address, or undefined while somebody holds it */
function tryListen(address: net.ListenOptions): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve, reject) => {
    const waiters = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      waiters.add(socket);
      // A waiter that dies is no concern of the holder's.
      socket.on('error', () => {}).on('close', () => waiters.delete(socket));
    });
    const release = () =>
      new Promise<void>((released) => {
        server.close(() => released());
        for (const waiter of waiters) waiter.destroy();
      });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(toLockError(error));
    });
    server.listen({ ...address, exclusive: true }, () => resolve(release));
  });
}

function untilReleased(address: net.ListenOptions, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(
      address.path === undefined
        ? { host: address.host, port: address.port ?? 0 }
        : { path: address.path },
    );
    const stop = () => socket.destroy();
    socket.on('error', () => {});
    socket.on('close', () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    // A half-closed connection is a holder that lets go.
    socket.on('end', stop).resume();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

function toLockError(error: NodeJS.ErrnoException): OAuthError {
  return new OAuthError(
    'TOKEN_STORE_BUSY',
    `The lock of the tokens cannot be taken: "${error.code}".`,
    {
      hint: 'Check that programs may listen on loopback here; it is tried again.',
      cause: error,
    },
  );
}
