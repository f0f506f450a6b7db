import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { PinsFile } from '../../src/guardian/pins-file.js';

const program = 'packages/plugin-gpio/test/hardware/fixtures/outputs-bot.mjs';

/** A bot with a lamp, a relay, a horn, a servo and the LED of the board. */
export interface OutputsBot {
  readonly process: ChildProcess;
  readonly pinsFile: PinsFile;
  /** The process that guards its outputs now. */
  guardian(): number;
  tell(line: string): void;
  /** Waits for something that it says. */
  heard(text: string): Promise<string>;
}

/** Starts the bot. @param group control group for it and for what it starts */
export async function startOutputsBot(driver: string, group?: string): Promise<OutputsBot> {
  const state = mkdtempSync(join(tmpdir(), 'pertybot-'));
  const words = [process.execPath, program, driver, state];
  const enter = `echo $$ >${group}/cgroup.procs; exec "$@"`;
  const [first = '', ...others] = group ? ['sh', '-c', enter, 'sh', ...words] : words;
  const child = spawn(first, others, { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  const heard = async (text: string) => {
    for (;;) {
      const line = said.find((each) => each.startsWith(text));
      if (line !== undefined) return line;
      await sleep(5);
    }
  };
  await heard('ready');
  const pinsFile = new PinsFile(join(state, 'pins.json'));
  return {
    process: child,
    pinsFile,
    guardian: () => pinsFile.read().guardian?.pid ?? 0,
    tell: (line) => void child.stdin.write(`${line}\n`),
    heard,
  };
}

/** Has the next changes of an output of the header, or of a channel of PWM, fail. @param times -1: all */
export function failAt(place: number | 'flag', times: number, error = 'EIO'): void {
  const { GPIO_SIM = '', PWM_SIM = '' } = process.env;
  const folder = place === 'flag' ? `${PWM_SIM}/sim_pwm2` : `${GPIO_SIM}/sim_gpio${place}`;
  writeFileSync(`${folder}/fail`, `${times} ${error}`);
}

/** Whether the servo's channel pulses. */
export function pulses(): boolean {
  return readFileSync(`${process.env.PWM_SIM}/sim_pwm2/value`, 'utf8').trim() !== '0';
}

/** Sets whether the kernel leaves an output on that is given back, as Raspberry Pi OS does. */
export function persist(wanted: boolean): void {
  writeFileSync(process.env.GPIO_PERSIST ?? '', wanted ? 'Y' : 'N');
}

/** Milliseconds until something is so. @throws Error when it does not become so */
export async function timeUntil(isSo: () => boolean, limit = 10_000): Promise<number> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > limit) throw new Error(`It is not so after ${limit} ms.`);
    await sleep(5);
  }
  return performance.now() - start;
}

/** Whether a process is there. */
export function isThere(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
