import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeptLog } from '../../src/page/kept-log.js';
import { StoppedBot } from '../../src/page/stopped-bot.js';

const right = '# mine\nplugins:\n  - use: texts\n    config: { commands: { hi: "Hello" } }\n';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bot-'));
  file = path.join(folder, 'plugins.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

describe('the page of a bot that does not run', () => {
  it('has the file that keeps it from starting, with its faults at their lines, and saves what is right', async () => {
    const wrong = right.replace('config:', 'confg:');
    await writeFile(file, wrong);
    const bot = new StoppedBot(folder);
    expect((await bot.report()).plugins).toMatchObject([{ id: 'texts', state: 'not running' }]);
    expect(await bot.file.read()).toBe(wrong);
    expect(await bot.file.check(wrong)).toMatchObject([{ line: 4 }]);
    expect(await bot.file.save(wrong, wrong)).toMatchObject({ done: false });
    expect(await bot.file.save(right, wrong)).toEqual({ done: true, text: 'Saved.' });
    expect(await readFile(file, 'utf8')).toBe(right);
  });

  it('saves nothing over what somebody else has written meanwhile', async () => {
    await writeFile(file, right);
    const bot = new StoppedBot(folder);
    const saved = await bot.file.save(right.replace('Hello', 'Hi'), 'what was there before');
    expect(saved).toMatchObject({ done: false, text: expect.stringContaining('elsewhere') });
    expect(await readFile(file, 'utf8')).toBe(right);
  });

  it('switches an entry, and leaves all else in the file as it is', async () => {
    await writeFile(file, right);
    const bot = new StoppedBot(folder);
    expect(await bot.file.switch('texts', false)).toMatchObject({ done: true });
    expect(await readFile(file, 'utf8')).toMatch(/^# mine\n[\s\S]*enabled: false/);
    expect(await bot.file.switch('nobody', true)).toMatchObject({ done: false });
  });

  it('tells of a file that is no YAML, and drives nothing', async () => {
    await writeFile(file, 'plugins: [');
    const bot = new StoppedBot(folder);
    expect((await bot.report()).plugins).toEqual([]);
    expect((await bot.file.check('plugins: [')).length).toBeGreaterThan(0);
    expect(await bot.drive()).toEqual({ done: false, text: 'No bot runs.' });
  });
});

describe('KeptLog', () => {
  it('keeps the last lines, tells new ones, and passes over what is none', () => {
    const log = new KeptLog();
    const heard: string[] = [];
    const undo = log.onLine(({ message }) => void heard.push(message));
    for (let count = 0; count < 400; count++) log.write(`{"level":"info","message":"${count}"}\n`);
    log.write('no JSON\n');
    undo();
    log.write('{"message":"later","plugin":"irc","level":"warn"}\n');
    expect(heard.at(-1)).toBe('399');
    expect(log.lines.length).toBeLessThanOrEqual(300);
    expect(log.lines.at(-1)).toMatchObject({ message: 'later', plugin: 'irc', level: 'warn' });
  });
});
