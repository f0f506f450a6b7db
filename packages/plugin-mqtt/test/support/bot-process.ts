import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../cli/bin/run.js', import.meta.url));
const chat = fileURLToPath(new URL('../fixtures/line-chat.mjs', import.meta.url));
const witness = fileURLToPath(new URL('../fixtures/pin-witness.mjs', import.meta.url));

/** A change of a pin, as its own machine saw it. */
export interface Change {
  /** Milliseconds since 1970: the processes have one wall clock. */
  readonly at: number;
  readonly pin: string;
  readonly on: boolean;
}

/** A bot in a process of its own, by `pertybot start`. */
export class BotProcess {
  private child: ChildProcess | undefined;
  private said = '';

  private constructor(readonly folder: string) {}

  /** Writes its plugins.yaml. @param entries beside those of this test */
  static make(entries: readonly object[]): BotProcess {
    const folder = mkdtempSync(join(tmpdir(), 'mqtt-process-'));
    const own = [
      { use: chat, id: 'chat' },
      { use: witness, id: 'witness', config: { record: join(folder, 'pins') } },
    ];
    const plugins = [...entries, ...own];
    writeFileSync(join(folder, 'plugins.yaml'), JSON.stringify({ plugins }));
    return new BotProcess(folder);
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [program, 'start'], {
      cwd: this.folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child = child;
    this.said = '';
    child.stdout?.on('data', (data) => {
      this.said += String(data);
    });
    child.stderr?.on('data', (data) => {
      this.said += String(data);
    });
    await this.says('The bot is ready');
  }

  /** Says a line of chat as the broadcaster. */
  hear(text: string): void {
    writeFileSync(join(this.folder, 'lines'), `${text}\n`, { flag: 'a' });
  }

  /** Resolves when it has said so since its start. */
  says(text: string, limit = 25_000): Promise<void> {
    return until(
      () => this.said.includes(text),
      limit,
      () => `"${text}" in:\n${this.said}`,
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  }

  /** What its pins did. */
  get changes(): readonly Change[] {
    const file = join(this.folder, 'pins');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line));
  }

  /** What chat was told. */
  get replies(): readonly string[] {
    const file = join(this.folder, 'said');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  get isOn(): boolean {
    return this.changes.at(-1)?.on ?? false;
  }

  async end(): Promise<void> {
    await this.kill();
    // What its guardian writes last is on its way.
    await sleep(300);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }
}

/** Waits for something that other processes do. @throws when it does not come */
export async function until(
  is: () => boolean,
  limit = 15_000,
  what: () => string = () => 'what was waited for',
): Promise<void> {
  const end = Date.now() + limit;
  while (!is()) {
    if (Date.now() > end) throw new Error(`It did not come: ${what()}`);
    await sleep(20);
  }
}
