import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** A process of its own, with the built packages: jest's own cannot be ended, nor be signalled. */
function startBot(end: string, folder: string): ChildProcess {
  const script = path.join(__dirname, 'fixtures', 'running-bot.mjs');
  return spawn(process.execPath, [script, end, folder], { stdio: ['pipe', 'pipe', 'ignore'] });
}

describe('the end of the process', () => {
  let folder: string;
  let bot: ChildProcess;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gpio-end-'));
  });
  afterEach(() => {
    bot.kill('SIGKILL');
    rmSync(folder, { recursive: true, maxRetries: 9 });
  });

  it.each([
    ['exit', 3],
    ['throw', 1],
  ])('switches everything off at %s', async (end, code) => {
    bot = startBot(end, folder);
    if (!bot.stdout) throw new Error('It has no output.');
    const [output, [exitCode]] = await Promise.all([text(bot.stdout), once(bot, 'exit')]);
    expect(output).toBe('1\n0\n');
    expect(exitCode).toBe(code);
  });

  it('takes SIGUSR2 for an emergency stop, and goes on', async () => {
    bot = startBot('SIGUSR2', folder);
    const { stdout } = bot;
    if (!stdout) throw new Error('It has no output.');
    let output = '';
    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    while (!output.includes('ready')) await once(stdout, 'data');
    bot.kill('SIGUSR2');
    while (!output.endsWith('0\n')) await once(stdout, 'data');
    expect(output).toBe('1\nready\n0\n');
    expect(bot.exitCode).toBeNull();
    bot.stdin?.end();
    await once(bot, 'exit');
    expect(existsSync(path.join(folder, 'estop.json'))).toBe(true);
  });
});
