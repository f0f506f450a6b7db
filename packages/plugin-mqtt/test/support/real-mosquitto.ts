import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { it } from '@jest/globals';

const places = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'];
const program = places.find((file) => existsSync(file)) ?? 'mosquitto';
const isThere = spawnSync(program, ['-h'], { stdio: 'ignore' }).error === undefined;

/**
 * `it` for tests that need a real Mosquitto. Where there is none they are skipped, but not in CI: there they fail, so
 * that nothing is left out in silence.
 */
export const itNeedsMosquitto = isThere ? it : process.env.CI === 'true' ? failing : it.skip;

function failing(sentence: string, _test: () => Promise<void>): void {
  it(sentence, () => {
    throw new Error('It needs: apt-get install --yes --no-install-recommends mosquitto');
  });
}

/** A Mosquitto in a process of its own, which listens on the loopback. */
export class RealMosquitto {
  private child: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly file: string,
  ) {}

  /** Starts one. @param lines of its configuration, beside its listener; nobody needs a password without any */
  static async start(lines: readonly string[] = ['allow_anonymous true']): Promise<RealMosquitto> {
    const folder = await mkdtemp(join(tmpdir(), 'mosquitto-'));
    const port = await freePort();
    const broker = new RealMosquitto(folder, port, join(folder, 'mosquitto.conf'));
    try {
      await broker.configure(lines);
    } catch (error) {
      // Nobody has it yet who could end it.
      await broker.end();
      throw error;
    }
    return broker;
  }

  /** Starts it anew with another configuration. */
  async configure(lines: readonly string[]): Promise<void> {
    await this.signal('SIGKILL');
    const own = process.getuid?.() === 0 ? ['user root'] : [];
    const all = [...own, ...lines, `listener ${this.port} 127.0.0.1`, ''];
    await writeFile(this.file, all.join('\n'));
    await this.run();
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** Starts it, again after it was killed. */
  async run(): Promise<void> {
    this.child = spawn(program, ['-c', this.file], { stdio: 'ignore' });
    for (let tries = 0; tries < 200; tries++) {
      if (await isOpen(this.port)) return;
      await wait(50);
    }
    throw new Error('Mosquitto does not listen.');
  }

  /** Sends it a signal; resolves when it has ended, of one that ends it. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    if (!['SIGSTOP', 'SIGCONT'].includes(signal)) await ended;
  }

  async end(): Promise<void> {
    await this.signal('SIGKILL');
    await rm(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
