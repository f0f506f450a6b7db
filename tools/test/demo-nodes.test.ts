import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';

const program = fileURLToPath(new URL(`file://${__dirname}/../demo-nodes.mjs`));

let end = async () => {};
afterEach(() => end());

/** Runs the demo and its machines as a group of processes, of which nothing is left in the end. */
function startDemo(...words: string[]) {
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const asked = new Set<NodeJS.Timeout>();
  end = async () => {
    for (const timer of asked) clearInterval(timer);
    // One that stands still ends by this signal alone, and would hold the pipe of whoever runs the tests.
    if (isAnyLeft()) process.kill(-Number(child.pid), 'SIGKILL');
    await ended;
  };
  const isAnyLeft = () => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, 0);
    } catch {
      return false;
    }
  };
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  let read = 0;
  const until = (wanted: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        const at = lines.findIndex((line, index) => index >= read && wanted.test(line));
        if (at < 0) return;
        read = at + 1;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const say = (line: string) => void child.stdin.write(`${line}\n`);
  /** Says it until something comes of it: until a node is heard of, its gadgets are no commands. */
  const sayUntil = async (line: string, wanted: RegExp) => {
    const again = setInterval(() => say(line), 2_500);
    asked.add(again);
    await until(wanted);
    clearInterval(again);
  };
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const signal = (name: NodeJS.Signals) => child.kill(name);
  return { say, sayUntil, until, ended, lines, signal, isAnyLeft };
}

describe('npm run demo:nodes', () => {
  it('shows what chat switches at two machines, and that a dead host leaves nothing on', async () => {
    const { say, sayUntil, until, ended, isAnyLeft } = startDemo();
    await until(/A machine is/);
    await sayUntil('!lamp on', /garage +lamp is ON/);
    say('!desk-fan on');
    await until(/desk +fan is ON/);
    say('freeze host');
    await until(/(garage +lamp|desk +fan) is off/);
    await until(/(garage +lamp|desk +fan) is off/);
    say('quit');
    expect(await ended).toBe(0);
    expect(isAnyLeft()).toBe(false);
  }, 120_000);

  it('runs with a broker in Node where Mosquitto is not installed, and leaves nothing when it is told to end', async () => {
    const { say, sayUntil, until, ended, lines, signal, isAnyLeft } = startDemo('aedes');
    await until(/A machine is/);
    expect(lines.join('\n')).toContain('aedes at port');
    await sayUntil('!gate on', /garage +gate is ON/);
    await until(/garage +gate is off/);
    say('freeze desk');
    await until(/desk +stands still/);
    signal('SIGTERM');
    expect(await ended).toBe(0);
    expect(isAnyLeft()).toBe(false);
  }, 120_000);
});
