import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ControlServer } from '../../src/control/control-server.js';
import { listGadgets } from '../../src/gadgets/list-gadgets.js';
import { LogFile } from '../../src/logs/log-file.js';
import { readLogs, runLogs } from '../../src/logs/run-logs.js';
import { listRewards } from '../../src/rewards/list-rewards.js';
import { readStatus } from '../../src/status/show-status.js';
import { formatLogLine } from '../../src/terminal/pretty-log.js';
import { plainStyle, styleFor } from '../../src/terminal/style.js';
import { textWidth } from '../../src/terminal/text.js';
import { listRefusals, refusalInWords } from '../../src/why/list-refusals.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { hostile, movesTheCursor } from '../support/hostile.js';
import { answerAsBot, gadgetReport, outputReport, statusReport } from '../support/running-bot.js';

/** What would be said of mistakes. */
const unexpected = (text: string) => {
  throw new Error(text);
};

let folder: TestFolder;
let server: ControlServer | undefined;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await folder.remove();
});

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

describe('why nothing happened', () => {
  const refusals = [
    { time: at(3), user: 'alice', command: 'lamp', reason: 'cooldown', retryAfter: 5_000 },
    { time: at(1), user: 'bob', command: 'horn', reason: 'role' },
  ];
  const reactions = [
    { time: at(2), event: 'cheer', plugin: 'gpio', channel: 'c', user: 'alice', did: 'horn beep' },
    { time: at(4), event: 'streamOnline', plugin: 'gpio', channel: 'c', reason: 'estop' },
  ];
  const ask = async (user?: string, json = false) => {
    server ??= await answerAsBot(folder, { refusals, reactions });
    return listRefusals(folder.path, { user, json });
  };

  it('is told in the order in which it did not, refusals and events together', async () => {
    const lines = (await ask()).split('\n').map((line) => line.slice(10));
    expect(lines).toEqual([
      'bob: horn did not run: this viewer may not',
      'alice: cheer set off horn beep (gpio)',
      'alice: lamp did not run: on cooldown, again in 5 s',
      'streamOnline set nothing off (gpio): estop',
    ]);
  });

  it.each(['alice', '@alice', 'ALICE', '@Alice'])('is told of %s alone', async (user) => {
    expect((await ask(user)).split('\n')).toHaveLength(2);
  });

  it('is told as data', async () => {
    expect(JSON.parse(await ask('bob', true))).toEqual([refusals[1]]);
    expect(JSON.parse(await ask('nobody', true))).toEqual([]);
  });

  it('is nothing where every command ran', async () => {
    expect(await ask('nobody')).toBe('Every command ran.');
  });

  it('is told by ten thousand lines as by one', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...{ time: at(index % 60), user: `viewer${index}`, command: 'lamp', reason: 'cooldown' },
    }));
    server = await answerAsBot(folder, { refusals: many, reactions: [] });
    const lines = (await listRefusals(folder.path, { user: undefined, json: false })).split('\n');
    expect(lines).toHaveLength(10_000);
    expect(new Set(lines).size).toBe(10_000);
  });

  it('is the reason itself where nobody has words for it', () => {
    expect(refusalInWords({ reason: 'pin.maxOn' })).toBe('did not run: pin.maxOn');
    expect(refusalInWords({ reason: 'constructor' })).toBe('did not run: constructor');
    expect(refusalInWords({ reason: 'unsaid' })).toContain('was not said: for some reason');
    expect(refusalInWords({ reason: 'late', redemption: {}, retryAfter: 1_000 })).toBe(
      'and has the points back: it came too late, again in 1 s',
    );
  });
});

describe('the lists of a running bot', () => {
  it('show each gadget in columns, with when it goes off by itself', async () => {
    const gadgets = [
      gadgetReport('lamp', { state: 'on' }),
      gadgetReport('日本', { pins: ['GPIO5', 'GPIO6'], type: 'rgb' }),
      gadgetReport('fan', { away: 'Its machine is away.' }),
    ];
    const outputs = [outputReport('lamp', { on: true, onTimeLeft: 9_000 })];
    server = await answerAsBot(folder, { status: statusReport({ gadgets, outputs }) });
    const lines = (await listGadgets(folder.path, false, unexpected)).split('\n');
    expect(lines[0]).toMatch(/^lamp +light +GPIO17 +on, off in 9 s +lamp <on\|off>$/);
    expect(lines[2]).toContain('Its machine is away ');
    const columns = lines.map((line) => textWidth(line.slice(0, line.search(/light|rgb/))));
    expect(new Set(columns).size).toBe(1);
  });

  it('say how to begin where there is nothing', async () => {
    server = await answerAsBot(folder, { status: statusReport(), rewards: [] });
    expect(await listGadgets(folder.path, false, unexpected)).toContain('Add some below gpio');
    expect(await listRewards(folder.path, false)).toContain('The bot has no rewards');
    expect(JSON.parse(await listRewards(folder.path, true))).toEqual([]);
  });

  it('ask a simulated bot for no login', async () => {
    const bot = statusReport({ command: 'pertybot dev' });
    server = await answerAsBot(folder, { status: bot });
    expect(await readStatus(folder.path)).toEqual({ bot });
  });
});

describe('the last lines of a log', () => {
  const line = (index: number) =>
    `${JSON.stringify({ level: 'info', time: at(0), message: `line ${index}` })}\n`;

  it('are none of none, and all where more are asked for', async () => {
    expect(await readLogs(folder.file('nowhere'), 10)).toEqual({ lines: [], end: 0 });
    const file = new LogFile(folder.file('logs'));
    for (let index = 0; index < 3; index += 1) file.write(line(index));
    expect((await readLogs(folder.file('logs'), 100)).lines).toHaveLength(3);
    expect((await readLogs(folder.file('logs'), 0)).lines).toEqual([]);
  });

  it('are found among ten thousand in two files', async () => {
    const file = new LogFile(folder.file('logs'), 500_000);
    for (let index = 0; index < 10_000; index += 1) file.write(line(index));
    const { lines } = await readLogs(folder.file('logs'), 2);
    expect(lines.map((each) => JSON.parse(each).message)).toEqual(['line 9998', 'line 9999']);
  });

  it('are shown for people or as they were logged, whatever others wrote between', async () => {
    await mkdir(folder.file('.pertybot/logs'), { recursive: true });
    const texts = [line(1).trim(), `systemd says ${hostile.replace('\r\n', ' ')}`, '{"level":"in'];
    await writeFile(folder.file('.pertybot/logs/bot.log'), `${texts.join('\n')}\n`);
    const show = async (json: boolean) => {
      const printed: string[] = [];
      const print = (text: string) => void printed.push(text);
      await runLogs(folder.path, { lines: 10, follow: false, json, print });
      return printed;
    };
    const shown = await show(false);
    expect(shown[0]).toMatch(/^\d\d:\d\d:\d\d info {2}line 1$/);
    for (const each of shown) expect(each).not.toMatch(movesTheCursor);
    expect(await show(true)).toEqual(texts);
  });
});

describe('the fields of a log line', () => {
  const format = (fields: object) =>
    formatLogLine(
      JSON.stringify({ level: 'info', time: at(0), message: 'Heard.', ...fields }),
      plainStyle,
      '/bot',
    ).slice(9);

  it.each([
    [{ user: 'alice' }, 'info  Heard. user=alice'],
    [{ user: 'two words' }, 'info  Heard. user="two words"'],
    [{ user: '' }, 'info  Heard. user=""'],
    [{ count: 3, ok: true, none: null }, 'info  Heard. count=3 ok=true none=null'],
    [{ running: ['irc', 'gpio'] }, 'info  Heard. running=irc,gpio'],
    [{ running: [] }, 'info  Heard. running='],
    [{ pins: [17, 27] }, 'info  Heard. pins=[17,27]'],
    [{ deep: { a: 1 } }, 'info  Heard. deep="{\\"a\\":1}"'],
    [{ plugin: 'irc' }, 'info  irc  Heard.'],
    [{ plugin: 7 }, 'info  Heard.'],
    [{ error: 'no' }, 'info  Heard.\n  no'],
    [{ error: null }, 'info  Heard.'],
    [{ error: { a: 1 } }, 'info  Heard.\n  {"a":1}'],
  ])('%j are shown as %j', (fields, text) => {
    expect(format(fields)).toBe(text);
  });

  it('have a colour for each level where colours are wanted', () => {
    const colored = (level: string) =>
      formatLogLine(
        JSON.stringify({ level, time: at(0), message: 'x' }),
        styleFor({ isTTY: true }, {}),
        '/bot',
      );
    const codes = ['error', 'warn', 'info', 'debug'].map(
      (level) => new RegExp(`\\[(\\d+)m${level}`).exec(colored(level))?.[1],
    );
    expect(codes).toEqual(['31', '33', '32', '2']);
  });
});
