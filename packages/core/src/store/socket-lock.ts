import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  describeHolder,
  type LockHolder,
  type ProcessLock,
  type ProcessLockOptions,
  parseHolder,
} from './lock.js';

/** Longest that a holder says of itself, characters. */
const longestAnswer = 2_000;

/** Pause between two tries, milliseconds. */
const betweenTries = 100;

/**
 * A lock where the system has no flock(1): a listening socket, which ends with its process at once, however that dies.
 * A named pipe on Windows, elsewhere a file in the folder of temporary files.
 */
export class SocketLock implements ProcessLock {
  private constructor(private readonly server: Server) {}

  /** @returns undefined while another process holds it */
  static async take(
    folder: string,
    name: string,
    { command, wait = 0, signal }: ProcessLockOptions,
  ): Promise<SocketLock | undefined> {
    const address = addressOf(folder, name);
    const end = performance.now() + wait;
    for (;;) {
      const lock = await tryListen(address, describeHolder(command));
      if (lock !== undefined) return new SocketLock(lock);
      // One that a dead process left behind.
      if ((await ask(address)) === 'nobody') await unlink(address).catch(() => {});
      else if (signal?.aborted || performance.now() >= end) return undefined;
      await pause(betweenTries);
    }
  }

  release(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Who holds such a lock: undefined when nobody does. */
export async function holderOfSocket(
  folder: string,
  name: string,
): Promise<LockHolder | 'unknown' | undefined> {
  const answer = await ask(addressOf(folder, name));
  return answer === 'nobody' ? undefined : answer;
}

function addressOf(folder: string, name: string): string {
  // The native one gives the letters their true case, where case does not matter.
  const place = realpathSync.native(folder);
  const hash = createHash('sha256').update(place).digest('hex').slice(0, 16);
  const unique = `pertybot-${userInfo().uid}-${hash}-${name}`;
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\${unique}`
    : path.join(tmpdir(), `${unique}.sock`);
}

function tryListen(address: string, holder: LockHolder): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket: Socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(JSON.stringify(holder), () => socket.destroy());
    });
    server.maxConnections = 8;
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    // The lock alone must not keep a finished process alive.
    server.listen(address, () => resolve(server.unref()));
  });
}

function ask(address: string): Promise<LockHolder | 'unknown' | 'nobody'> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let text = '';
    const done = (answer: LockHolder | 'unknown' | 'nobody') => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('utf8');
    socket.setTimeout(1_000, () => done('unknown'));
    socket.on('data', (part: string) => {
      text += part;
      if (text.length > longestAnswer) done('unknown');
    });
    socket.on('error', () => done('nobody'));
    socket.on('end', () => done(parseHolder(text) ?? 'unknown'));
  });
}
