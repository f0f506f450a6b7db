// A bot that runs as its owner's shell or systemd would run it, and what it logs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { demand, Failure } from '../pack/shell.mjs';

/** After how long something that should happen will not, milliseconds. */
const patience = 30_000;

/** `pertybot start`. */
export class StartedBot {
  /** What it logged, and what it wrote beside. */
  entries = [];
  #seen = 0;

  /**
   * @param program the installed command
   * @param environment whose PATH has the Node that is to run
   */
  constructor(program, folder, environment) {
    const stdio = ['ignore', 'ignore', 'pipe'];
    this.child = spawn(program, ['start'], { cwd: folder, env: environment, stdio });
    this.log = createInterface({ input: this.child.stderr });
    this.log.on('line', (line) => this.entries.push(toEntry(line)));
    this.closed = once(this.child, 'close');
  }

  /** Waits for the next line of the log that has this; those before it were seen. */
  async logs(part) {
    for (;;) {
      const at = this.entries.findIndex(
        (entry, index) => index >= this.#seen && JSON.stringify(entry).includes(part),
      );
      if (at >= 0) {
        this.#seen = at + 1;
        return this.entries[at];
      }
      await this.#next(`It never logged "${part}"`);
    }
  }

  /** How it ended. */
  async ended() {
    await within(this.closed, () => this.#failure('It does not end'));
    return this.child.signalCode ?? this.child.exitCode;
  }

  /** Ends what is left of it. */
  kill() {
    this.child.kill('SIGKILL');
  }

  /** What is no entry of the log is a warning of Node's, or a crash. */
  checkStderr() {
    const strays = this.entries.filter(({ stray }) => stray !== undefined);
    demand(
      strays.length === 0,
      `The bot wrote beside its log:\n${strays.map(({ stray }) => stray).join('\n')}`,
    );
  }

  async #next(what) {
    const ended = this.closed.then(() => {
      throw this.#failure(`${what}, and ended`);
    });
    await within(Promise.race([once(this.log, 'line'), ended]), () => this.#failure(what));
  }

  #failure(what) {
    const log = this.entries.map((entry) => entry.stray ?? JSON.stringify(entry)).join('\n');
    return new Failure(`${what}:\n${log}`);
  }
}

function toEntry(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { stray: line };
  }
}

/** Waits for `promise`, but not for ever. */
export async function within(promise, toError) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(toError()), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
