import { execFile } from 'node:child_process';
import path from 'node:path';
import { coreFolder } from './core-package.js';

const script = path.join(coreFolder, 'bin', 'mirror-local-plugin.mjs');

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
      const answers = await execute(all.map(({ order }) => order));
      for (const [index, { resolve }] of all.entries()) resolve(answers[index]);
    } catch (error) {
      // One that the script cannot bear must not take the others with it.
      if (all.length > 1) for (const each of all) await this.answer([each]);
      else for (const { reject } of all) reject(error);
    }
  }
}

function execute(orders: readonly MirrorOrder[]): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const options = {
      // A debugger's or a test runner's options are not for this child.
      env: { ...process.env, NODE_OPTIONS: '' },
      maxBuffer: 256 * 1_048_576,
    };
    const child = execFile(process.execPath, [script], options, (error, stdout) => {
      if (error) return reject(error);
      try {
        const answers: unknown = JSON.parse(stdout);
        if (!Array.isArray(answers)) throw new TypeError('It answered no list.');
        resolve(answers);
      } catch (cause) {
        reject(cause);
      }
    });
    // What ends before it has read is told by its end.
    child.stdin?.on('error', () => {});
    child.stdin?.end(JSON.stringify(orders));
  });
}
