import { type ChildProcess, execFile } from 'node:child_process';
import path from 'node:path';
import { coreFolder } from './core-package.js';

const script = path.join(coreFolder, 'lib', 'mirror-local-plugin.mjs');

/** A local plugin that is to be copied, and where its copy goes. */
export interface MirrorOrder {
  readonly entry: string;
  readonly folder: string;
  readonly resolveFrom: readonly string[];
  readonly cache: string;
}

interface Waiting {
  readonly order: MirrorOrder;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs the script that makes mirrors: one process at a time, for all that have come until it starts. */
export class MirrorScript {
  private waiting: Waiting[] = [];
  private isRunning = false;
  private prepared: ScriptProcess | undefined;

  /** Starts the process that the next orders go to, for whoever knows before that there will be some. */
  prepare(): void {
    this.prepared ??= new ScriptProcess();
  }

  /** Ends a process that was prepared and got no orders. */
  release(): void {
    this.prepared?.end();
    this.prepared = undefined;
  }

  /** @returns what the script answers to the order */
  run(order: MirrorOrder): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ order, resolve, reject });
      if (!this.isRunning) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isRunning = true;
    // Those that look for an earlier mirror find out in the same turn, or nearly so.
    await new Promise((resolve) => setTimeout(resolve, 2));
    while (this.waiting.length > 0) await this.answer(this.waiting.splice(0));
    this.isRunning = false;
  }

  private async answer(all: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.execute(all.map(({ order }) => order));
      for (const [index, { resolve }] of all.entries()) resolve(answers[index]);
    } catch (error) {
      // One that the script cannot bear must not take the others with it.
      if (all.length > 1) for (const each of all) await this.answer([each]);
      else for (const { reject } of all) reject(error);
    }
  }

  private async execute(orders: readonly MirrorOrder[]): Promise<readonly unknown[]> {
    const { prepared } = this;
    this.prepared = undefined;
    try {
      if (prepared) return await prepared.answer(orders);
    } catch {
      // It may have ended while it waited.
    }
    return new ScriptProcess().answer(orders);
  }
}

/** A process of the script: it waits for its orders, answers them and ends. */
class ScriptProcess {
  private readonly child: ChildProcess;
  private readonly said: Promise<string>;

  constructor() {
    const options = {
      // A debugger's or a test runner's options are not for this child.
      env: { ...process.env, NODE_OPTIONS: '' },
      maxBuffer: 256 * 1_048_576,
    };
    let settle: (error: Error | null, stdout: string) => void = () => {};
    this.said = new Promise((resolve, reject) => {
      settle = (error, stdout) => (error ? reject(error) : resolve(stdout));
    });
    // One that ends before anybody asks is told to whoever asks.
    this.said.catch(() => {});
    this.child = execFile(process.execPath, [script], options, (error, stdout) =>
      settle(error, stdout),
    );
    // Its answer is one line, and on the disk is what it says: nobody waits for the process to be gone.
    let line = '';
    this.child.stdout?.on('data', (part: string) => {
      line += part;
      if (line.endsWith('\n')) settle(null, line);
    });
    // What ends before it has read is told by its end.
    this.child.stdin?.on('error', () => {});
  }

  /** @throws Error when it ends without an answer */
  async answer(orders: readonly MirrorOrder[]): Promise<readonly unknown[]> {
    this.child.stdin?.end(JSON.stringify(orders));
    const answers: unknown = JSON.parse(await this.said);
    if (!Array.isArray(answers)) throw new TypeError('It answered no list.');
    return answers;
  }

  /** Ends it, by an empty list. */
  end(): void {
    this.child.stdin?.end('[]');
  }
}
