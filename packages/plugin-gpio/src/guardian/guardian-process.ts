import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Level, LineHandle } from '../drivers/gpio-driver.js';
import { GpioError } from '../gpio-error.js';
import { guardianGoodbye, guardianReady, guardianScript } from './guardian-script.js';

/** An output that must never stay on when the bot is gone. */
export interface GuardedLine {
  readonly handle: LineHandle;
  /** The level at the pin that is off. */
  readonly safe: Level;
}

/** Where a child's own file descriptors begin, after its standard three. */
const firstOwnFd = 3;

/** Milliseconds that a guardian gets to start, and to leave. */
const patience = 5_000;

/**
 * One guardian: a small process with the end of a pipe and with the lines themselves, which
 * outlives the bot by just enough to set every line to its safe level.
 */
export class GuardianProcess {
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'close').then(
      () => undefined,
      () => undefined,
    );
  }

  /**
   * Starts a guardian of `lines`, whose file descriptors must be open when this is called.
   * @param silence milliseconds without a heartbeat that it bears
   * @throws GpioError GPIO_DRIVER_MISSING when there is no Perl, or it does not start
   */
  static async start(lines: readonly GuardedLine[], silence: number): Promise<GuardianProcess> {
    const fds: number[] = [];
    const wanted = lines.map(({ handle, safe }) => {
      if (handle.kind !== 'chardev') return `${safe}:${handle.valueFile}`;
      fds.push(handle.fd);
      return `${safe}:${firstOwnFd + fds.length - 1}`;
    });
    const child = spawn('perl', ['-e', guardianScript, String(silence / 1_000), ...wanted], {
      cwd: '/',
      detached: true,
      env: { PATH: process.env.PATH },
      stdio: ['pipe', 'pipe', 'ignore', ...fds],
    });
    const guardian = new GuardianProcess(child);
    await guardian.#ready();
    return guardian;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Tells the guardian that the bot lives. */
  beat(): void {
    const pipe = this.child.stdin;
    // A guardian that is stopped reads nothing: what it would miss must not pile up here.
    if (pipe?.writable && !pipe.writableNeedDrain) pipe.write('.');
  }

  /** Lets the guardian go without touching a line; resolves when it has gone. */
  async goodbye(): Promise<void> {
    this.child.stdin?.end(guardianGoodbye);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(timer);
  }

  async #ready(): Promise<void> {
    const { child } = this;
    child.stdin?.on('error', () => {});
    const signal = AbortSignal.timeout(patience);
    try {
      if (!child.stdout) throw new Error('The guardian has no output.');
      const said: unknown[] = await Promise.race([
        once(child.stdout, 'data', { signal }),
        this.ended.then(() => ['nothing']),
      ]);
      if (String(said[0]) !== guardianReady) throw new Error(`The guardian said ${said[0]}.`);
    } catch (cause) {
      child.kill('SIGKILL');
      throw new GpioError('GPIO_DRIVER_MISSING', 'The guardian of the outputs did not start.', {
        hint: 'Run "sudo apt install perl-base".',
        cause,
      });
    }
    child.stdout.destroy();
    child.unref();
    unrefPipe(child.stdin);
  }
}

/** A guardian must not keep a bot alive that has nothing else to do. */
function unrefPipe(pipe: unknown): void {
  if (typeof pipe !== 'object' || pipe === null || !('unref' in pipe)) return;
  if (typeof pipe.unref === 'function') pipe.unref();
}
