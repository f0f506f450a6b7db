import { readFile, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Bot, LogEntry } from '@pertybot/core/host';
import type { BotControl } from '../../src/control/bot-control.js';
import { FolderFileDesk } from '../../src/page/folder-file-desk.js';
import { KeptLog } from '../../src/page/kept-log.js';
import { OwnerDesk } from '../../src/page/owner-desk.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const botFile = 'plugins:\n  - use: texts\n';
let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': botFile });
});
afterEach(() => folder.remove());

const line = (message: string, more: object = {}) =>
  `${JSON.stringify({ level: 'info', time: '2026-01-01T00:00:00Z', message, ...more })}\n`;

describe('the log that is kept for the page', () => {
  it('is the last lines, and no more than a page shows', () => {
    const log = new KeptLog();
    for (let index = 0; index < 10_000; index += 1) log.write(line(`line ${index}`));
    expect(log.lines).toHaveLength(300);
    expect(log.lines.at(-1)?.message).toBe('line 9999');
    expect(log.lines[0]?.message).toBe('line 9700');
  });

  it('tells of each line whoever listens, until he has enough', () => {
    const log = new KeptLog();
    const heard: LogEntry[] = [];
    const undo = log.onLine((entry) => heard.push(entry));
    log.write(line('one', { plugin: 'gpio', error: { stack: 'x' } }));
    undo();
    log.write(line('two'));
    expect(heard).toEqual([
      { level: 'info', time: '2026-01-01T00:00:00Z', message: 'one', plugin: 'gpio' },
    ]);
    expect(log.lines).toHaveLength(2);
  });

  it('leaves out what is no line of the log', () => {
    const log = new KeptLog();
    for (const text of ['', 'hello\n', '[1', 'null\n', '3\n', '"text"\n']) log.write(text);
    expect(log.lines).toEqual([]);
  });

  it('fills in what a line does not say, and cuts what is far too long', () => {
    const log = new KeptLog();
    log.write('{"message":7}\n');
    log.write(line('x'.repeat(1_000_000)));
    expect(log.lines[0]).toEqual({ level: 'info', time: '', message: '' });
    expect(log.lines[1]?.message).toHaveLength(2_000);
  });
});

/** Requests that say what they were asked for. */
function serve(desk: OwnerDesk, more: object = {}): unknown[] {
  const asked: unknown[] = [];
  const note =
    (what: string) =>
    async (...words: unknown[]) => {
      asked.push([what, ...words]);
      return { done: true, text: what };
    };
  const requests = {
    ...{ say: note('say'), stopAll: note('stop'), drive: note('drive'), restart: note('restart') },
    status: () => ({ state: 'ready' }),
  };
  const bot = {
    overhear: (event: string) => {
      asked.push(['on', event]);
      return () => asked.push(['off', event]);
    },
    problemsOf: async () => [],
    reload: async () => ({ added: [], removed: [], changed: [], reconfigured: [], restarted: [] }),
  };
  // The desk hands on to these, and to nothing else of them.
  const served = { bot: bot as unknown as Bot, requests: requests as unknown as BotControl };
  desk.serve({ ...served, ...more });
  return asked;
}

describe('the desk of the owner', () => {
  it('says of a bot that is still being loaded that it is', async () => {
    const desk = new OwnerDesk(folder.path, new KeptLog());
    expect(desk.rehearsal).toBeUndefined();
    await expect(desk.report()).rejects.toThrow('still being loaded');
    expect(() => desk.say('hello')).toThrow('still being loaded');
    expect(() => desk.on('message', () => {})).toThrow('still being loaded');
  });

  it('hands each request on to the bot that it serves', async () => {
    const desk = new OwnerDesk(folder.path, new KeptLog());
    const asked = serve(desk);
    expect(await desk.report()).toEqual({ state: 'ready' });
    await desk.say('hello');
    await desk.stop('the page');
    await desk.drive('lamp', 'on');
    await desk.restart('gpio');
    desk.on('pin', () => {})();
    expect(asked).toEqual([
      ['say', 'hello'],
      ['stop', { ask: 'estop', engage: true, by: 'the page' }],
      ['drive', 'lamp', 'on'],
      ['restart', 'gpio'],
      ['on', 'pin'],
      ['off', 'pin'],
    ]);
  });

  it('lets a release go through for seconds alone', async () => {
    const desk = new OwnerDesk(folder.path, new KeptLog());
    const asked = serve(desk);
    const before = uptime();
    await desk.release();
    const [[, request]] = asked as [[string, { readonly until: number }]];
    expect(request).toMatchObject({ ask: 'estop', engage: false });
    expect(request.until - before).toBeGreaterThanOrEqual(10);
    expect(request.until - uptime()).toBeLessThanOrEqual(10);
  });

  it('serves the bot that came last', async () => {
    const desk = new OwnerDesk(folder.path, new KeptLog());
    const first = serve(desk);
    const second = serve(desk);
    await desk.say('hello');
    expect([first.length, second.length]).toEqual([0, 1]);
  });

  it('tells what came of an edit that is saved at the page', async () => {
    const desk = new OwnerDesk(folder.path, new KeptLog());
    const reloads: unknown[] = [];
    serve(desk, { onReload: (result: unknown) => reloads.push(result) });
    expect(await desk.file.save(`${botFile}# mine\n`, botFile)).toMatchObject({ done: true });
    expect(reloads).toEqual([expect.objectContaining({ restarted: [] })]);
  });
});

describe('plugins.yaml at the page', () => {
  const position = { line: 2, column: 3 };
  const deskWith = (problems: readonly object[]) =>
    // A problem has more than this, which nobody looks at here.
    new FolderFileDesk(folder.path, { problemsOf: async () => problems as never });

  it('is not saved with faults; the first is told, and how many more there are', async () => {
    const fault = { file: 'plugins.yaml', position, message: 'no such key' };
    const one = await deskWith([fault]).save('new', botFile);
    expect(one).toEqual({ done: false, text: 'Not saved. Line 2: no such key.' });
    const three = await deskWith([fault, fault, fault]).save('new', botFile);
    expect(three.text).toBe('Not saved. Line 2: no such key. There are 2 more.');
    expect(await readFile(folder.file('plugins.yaml'), 'utf8')).toBe(botFile);
  });

  it('names the file of a fault that is in another one', async () => {
    const fault = { file: 'plugins/dice.ts', position, message: 'no', hint: 'Mend it.' };
    expect(await deskWith([fault]).check('')).toEqual([
      { line: 1, column: 1, message: 'plugins/dice.ts:2 no', hint: 'Mend it.' },
    ]);
  });

  it('says what is wrong where it cannot even be checked', async () => {
    const desk = new FolderFileDesk(folder.path, {
      problemsOf: () => Promise.reject(new Error('no more files')),
    });
    expect(await desk.check('')).toEqual([{ line: 1, column: 1, message: 'no more files' }]);
  });

  it('is not saved over what somebody else wrote', async () => {
    await writeFile(folder.file('plugins.yaml'), '# of somebody else\nplugins: []\n');
    expect(await deskWith([]).save('new', botFile)).toMatchObject({
      done: false,
      text: expect.stringContaining('changed elsewhere'),
    });
  });

  it('switches a plugin off and on, and says so where there is none of that name', async () => {
    const desk = deskWith([]);
    expect(await desk.switch('texts', false)).toEqual({ done: true, text: 'Switched texts off.' });
    expect(await readFile(folder.file('plugins.yaml'), 'utf8')).toContain('enabled: false');
    expect(await desk.switch('texts', true)).toEqual({ done: true, text: 'Switched texts on.' });
    expect(await desk.switch('textss', true)).toMatchObject({ done: false });
  });

  it('has no gadgets where the file cannot be read, or its plugins are off', async () => {
    const desk = deskWith([]);
    expect(await desk.gadgets()).toEqual([]);
    const gadgets = 'config: { gadgets: { lamp: { type: light, pin: 17 }, bad: 3 } }';
    await writeFile(folder.file('plugins.yaml'), `plugins:\n  - use: gpio\n    ${gadgets}\n`);
    expect(await desk.gadgets()).toEqual([{ name: 'lamp', config: { type: 'light', pin: 17 } }]);
    const off = `plugins:\n  - use: gpio\n    enabled: false\n    ${gadgets}\n`;
    await writeFile(folder.file('plugins.yaml'), off);
    expect(await desk.gadgets()).toEqual([]);
    await writeFile(folder.file('plugins.yaml'), 'plugins: [\n');
    expect(await desk.gadgets()).toEqual([]);
  });
});
