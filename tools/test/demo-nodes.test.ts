import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';

const program = fileURLToPath(new URL(`file://${__dirname}/../demo-nodes.mjs`));

let end = () => {};
afterEach(() => end());

/** Runs the demo; `step` says the next line once it has said something. */
function startDemo(...words: string[]) {
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  end = () => void child.kill('SIGKILL');
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
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return { say, until, ended, lines };
}

describe('npm run demo:nodes', () => {
  it('shows what chat switches at two machines, and that a dead host leaves nothing on', async () => {
    const { say, until, ended } = startDemo();
    await until(/A machine is/);
    // Until a node is heard of, its gadgets are no commands.
    const again = setInterval(() => say('!lamp on'), 2_500);
    await until(/garage +lamp is ON/);
    clearInterval(again);
    say('!desk-fan on');
    await until(/desk +fan is ON/);
    say('freeze host');
    await until(/(garage +lamp|desk +fan) is off/);
    await until(/(garage +lamp|desk +fan) is off/);
    say('quit');
    expect(await ended).toBe(0);
  }, 120_000);

  it('runs with a broker in Node where Mosquitto is not installed', async () => {
    const { say, until, ended, lines } = startDemo('aedes');
    await until(/A machine is/);
    expect(lines.join('\n')).toContain('aedes at port');
    const again = setInterval(() => say('!gate on'), 2_500);
    await until(/garage +gate is ON/);
    clearInterval(again);
    await until(/garage +gate is off/);
    say('quit');
    expect(await ended).toBe(0);
  }, 120_000);
});
