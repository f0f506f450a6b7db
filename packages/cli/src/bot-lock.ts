import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { CliError } from './cli-error.js';
import { socketName } from './socket-path.js';

/** What a process says of itself to whoever wants the lock that it holds. */
export interface LockHolder {
  readonly pid: number;
  /** What it runs, such as `pertybot start`. */
  readonly command: string;
  /** Since when, an ISO time. */
  readonly since: string;
}

/** What only one process at a time may do in a folder: run its bot, or change its plugins. */
export type LockPurpose = 'bot' | 'plugins';

/**
 * Sees to it that one process at a time uses a folder for a purpose. It is a listening socket, so
 * that it ends with its process at once, however that dies; no clock and no stale file can mislead it.
 * On Linux the socket's name is abstract and leaves no file at all.
 */
export class BotLock {
  private constructor(private readonly server: Server) {}

  /**
   * Takes the lock of `folder`, which must exist.
   * @param command what the holder runs, such as `pertybot start`
   * @throws CliError CLI_BOT_RUNS when another process holds it
   */
  static async take(
    folder: string,
    command: string,
    purpose: LockPurpose = 'bot',
  ): Promise<BotLock> {
    const address = addressOf(folder, purpose);
    const holder: LockHolder = { pid: process.pid, command, since: new Date().toISOString() };
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(JSON.stringify(holder));
    });
    if (await listens(server, address)) return new BotLock(server);
    const other = await askHolder(address);
    if (other === 'nobody') {
      // Only where sockets are files: one that a dead process left behind.
      await unlink(address).catch(() => {});
      if (await listens(server, address)) return new BotLock(server);
    }
    throw runsAlready(folder, purpose, typeof other === 'object' ? other : undefined);
  }

  /** Who holds the lock of `folder`; undefined when nobody does. */
  static async holderOf(
    folder: string,
    purpose: LockPurpose = 'bot',
  ): Promise<LockHolder | undefined> {
    const holder = await askHolder(addressOf(folder, purpose));
    return typeof holder === 'object' ? holder : undefined;
  }

  /** Lets others take it. */
  release(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function addressOf(folder: string, purpose: LockPurpose): string {
  // The native one gives the letters their true case, where case does not matter.
  const path = realpathSync.native(folder);
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const name = `pertybot-${userInfo().uid}-${hash}-${purpose}`;
  return socketName(name, process.platform, tmpdir());
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(address, () => {
      server.off('error', onError);
      // The lock alone must not keep a finished process alive.
      server.unref();
      resolve(true);
    });
  });
}

/** @returns `nobody` where nothing listens, `silent` where something does but says nothing readable */
function askHolder(address: string): Promise<LockHolder | 'nobody' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(1_000, () => {
      socket.destroy();
      resolve('silent');
    });
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.on('error', () => resolve('nobody'));
    socket.on('end', () => resolve(parseHolder(text) ?? 'silent'));
  });
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, command, since } = value as Partial<Record<keyof LockHolder, unknown>>;
    return typeof pid === 'number' && typeof command === 'string' && typeof since === 'string'
      ? { pid, command, since }
      : undefined;
  } catch {
    return undefined;
  }
}

function runsAlready(folder: string, purpose: LockPurpose, holder?: LockHolder): CliError {
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid} ("${holder.command}", since ${new Date(holder.since).toLocaleString()})`;
  if (purpose === 'plugins') {
    return new CliError('CLI_BOT_RUNS', `The plugins of "${folder}" are being changed by ${who}.`, {
      hint: 'Wait until it is done.',
    });
  }
  // Its state folder says nothing to its owner.
  const bot = folder.replace(/[/\\]\.pertybot(?:[/\\]dev)?$/, '');
  return new CliError('CLI_BOT_RUNS', `The bot in "${bot}" already runs as ${who}.`, {
    hint: holder === undefined ? 'Stop that one first.' : `Stop it first: kill ${holder.pid}`,
  });
}
