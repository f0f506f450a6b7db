import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogFile } from '../../src/logs/log-file.js';
import { followLogs, readLogs } from '../../src/logs/run-logs.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({});
});
afterEach(() => folder.remove());

describe('LogFile', () => {
  it('keeps each line at once, for its owner alone', async () => {
    new LogFile(folder.file('logs')).write('one\n');
    new LogFile(folder.file('logs')).write('two\n');
    expect(await readFile(folder.file('logs/bot.log'), 'utf8')).toBe('one\ntwo\n');
    expect((await stat(folder.file('logs/bot.log'))).mode & 0o777).toBe(0o600);
  });

  it('never grows past twice its limit', async () => {
    const file = new LogFile(folder.file('logs'), 100);
    for (let index = 0; index < 50; index++) file.write(`line ${index}\n`);
    const texts = ['bot.1.log', 'bot.log'].map((name) => readFile(folder.file(`logs/${name}`)));
    const sizes = (await Promise.all(texts)).map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect((await readLogs(folder.file('logs'), 12)).lines).toHaveLength(12);
    expect((await readLogs(folder.file('logs'), 2)).lines.join()).toBe('line 48,line 49');
  });

  it('lets the bot run on where it cannot be written', async () => {
    const file = new LogFile(folder.file('logs'));
    await rm(folder.file('logs'), { recursive: true, maxRetries: 9 });
    await writeFile(folder.file('logs'), 'in the way');
    expect(() => file.write('lost\n')).not.toThrow();
  });
});

describe('followLogs', () => {
  it('shows every new line, also across a change of files', async () => {
    const file = new LogFile(folder.file('logs'), 60);
    file.write('old\n');
    const controller = new AbortController();
    const seen: string[] = [];
    let last = () => {};
    const done = new Promise<void>((resolve) => {
      last = resolve;
    });
    const print = (line: string) => {
      seen.push(line);
      if (line === 'line 5') for (let index = 6; index < 12; index++) file.write(`line ${index}\n`);
      if (line === 'line 11') last();
    };
    const { end } = await readLogs(folder.file('logs'), 1);
    const followed = followLogs(folder.file('logs'), { end, print, signal: controller.signal });
    for (let index = 0; index < 6; index++) file.write(`line ${index}\n`);
    await done;
    controller.abort();
    await followed;
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `line ${index}`));
  });
});
