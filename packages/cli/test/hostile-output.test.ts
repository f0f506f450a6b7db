import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BotStatusReport } from '../src/control/control-protocol.js';
import type { ControlServer } from '../src/control/control-server.js';
import { checkEvents, checkNodes } from '../src/doctor/bot-checks.js';
import { listGadgets } from '../src/gadgets/list-gadgets.js';
import { formatLogin } from '../src/login/login-report.js';
import { formatElsewhere, formatPinout, headerPins } from '../src/pinout/pinout.js';
import { formatOutdated } from '../src/plugins/list-outdated.js';
import { listRewards } from '../src/rewards/list-rewards.js';
import { formatStatus } from '../src/status/show-status.js';
import { formatBoard } from '../src/terminal/board-line.js';
import { formatLogLine } from '../src/terminal/pretty-log.js';
import { plainStyle } from '../src/terminal/style.js';
import { listRefusals } from '../src/why/list-refusals.js';
import { makeBotFolder, type TestFolder } from './support/bot-folder.js';
import { harmlessLines, hostile } from './support/hostile.js';
import { answerAsBot, gadgetReport, outputReport, statusReport } from './support/running-bot.js';

const time = '2026-01-01T11:00:00.000Z';
const now = new Date('2026-01-01T12:00:00Z');

/** A bot of which every word was written by somebody else: a plugin, a viewer, another machine, Twitch. */
const hostileBot: BotStatusReport = statusReport({
  channels: [
    { channel: hostile, joined: true },
    { channel: hostile, joined: false, problem: hostile },
  ],
  unsaid: { count: 2, latest: hostile },
  events: {
    state: 'degraded',
    subscriptions: [
      { channel: hostile, event: hostile, type: hostile, on: true },
      {
        ...{ channel: hostile, event: hostile, type: hostile, on: false },
        ...{ problem: hostile, hint: hostile },
      },
    ],
    gap: { endedAt: hostile, seconds: 3 },
  },
  plugins: ['running', 'waiting', 'failed', 'disabled'].map((state) => ({
    ...{ id: hostile, state, detail: hostile, commands: [hostile], use: hostile, about: hostile },
  })),
  driver: hostile,
  gadgets: [
    gadgetReport(hostile, { type: hostile, state: hostile, pins: [hostile], usage: hostile }),
    gadgetReport('other', { away: hostile }),
  ],
  outputs: [
    outputReport(hostile, { pin: hostile, fault: hostile }),
    outputReport(hostile, { pin: hostile, on: true, unguarded: true, onTimeLeft: 3_000 }),
  ],
  nodes: [
    { name: hostile, state: 'here', gadgets: [hostile], roundTrip: 4 },
    { name: hostile, state: 'here', gadgets: [], stop: hostile },
    { name: hostile, state: hostile, gadgets: [], problem: hostile, hint: hostile },
    { name: hostile, state: 'gone', gadgets: [] },
  ],
  rewards: (['open', 'paused', 'missing', 'coming'] as const).map((state) => ({
    ...{ name: hostile, title: hostile, cost: 500, channel: hostile, plugin: hostile },
    ...{ runs: hostile, state, why: hostile, hint: hostile, redemptions: 2 },
    underWay: [{ id: hostile, user: hostile, redeemedAt: time, awaitsApproval: true }],
  })),
  estop: hostile,
});

/** What would be said of mistakes. */
const unexpected = (text: string) => {
  throw new Error(text);
};

describe('what strangers wrote, in what a command shows', () => {
  it('is a word in the status, and never an order to the terminal', () => {
    const text = formatStatus({ bot: hostileBot }, plainStyle, now);
    expect(text).toContain('Emergency stop by mallory');
    const lines = harmlessLines(text);
    // Whatever begins a line is ours.
    expect(lines.filter((line) => line.startsWith('✓'))).toEqual([]);
  });

  it('is a word in what an emergency stop says that nobody released', () => {
    const estop = `The emergency stop is engaged, by ${hostile}.`;
    harmlessLines(formatStatus({ bot: null, estop }, plainStyle, now));
  });

  it('is a word above the prompt', () => {
    const board = formatBoard(hostileBot.outputs, plainStyle, 1_000);
    expect(board).toHaveLength(1);
    harmlessLines(board.join('\n'));
  });

  it('is a word in how a login stands', () => {
    const scopes = [
      { scope: hostile, plugins: [hostile], granted: true },
      { scope: hostile, plugins: [], granted: false },
    ];
    const valid = { status: 'valid', login: hostile, userId: '1', ownToken: true } as const;
    const report = { ...valid, expiresIn: undefined, scopes };
    const account = { account: 'bot' } as const;
    const lines = formatLogin({ account, report }, plainStyle);
    expect(lines).toHaveLength(3);
    harmlessLines(lines.join('\n'));
    for (const status of ['foreign', 'unknown'] as const) {
      const report = { status, reason: hostile, ownToken: false };
      const [line = ''] = formatLogin({ account, report }, plainStyle);
      expect(harmlessLines(line)).toHaveLength(1);
    }
  });

  it('is a word beside the header', () => {
    const pins = headerPins([{ pin: 'GPIO17', by: hostile }]);
    expect(harmlessLines(formatPinout(pins, plainStyle))).toHaveLength(20);
    const elsewhere = [{ node: hostile, name: hostile, usedBy: [hostile, hostile] }];
    expect(harmlessLines(formatElsewhere(elsewhere, plainStyle).join('\n'))).toHaveLength(1);
  });

  it('is a word in what is behind', () => {
    const ages = (['current', 'outdated', 'packed', 'unpublished'] as const).map((state) => {
      return { name: hostile, installed: hostile, latest: hostile, state };
    });
    expect(harmlessLines(formatOutdated(ages, plainStyle))).toHaveLength(6);
  });

  it('is a word in what doctor finds of machines and events', () => {
    const found = [...checkNodes(hostileBot.nodes), ...checkEvents(hostileBot.events)];
    // Its table takes the rest out of whatever plugins find.
    for (const { message } of found.filter(({ level }) => level !== 'ok')) harmlessLines(message);
  });
});

describe('what strangers wrote, in the log', () => {
  const format = (line: object) => formatLogLine(JSON.stringify(line), plainStyle, '/bot');
  const head = { level: 'info', time, message: 'Heard.' };

  it('is a word, wherever in the line it stands', () => {
    const lines = [
      { ...head, message: hostile },
      { ...head, plugin: hostile },
      { ...head, user: hostile },
      { ...head, [hostile]: 1 },
      { ...head, users: [hostile, hostile] },
      { ...head, deep: { user: hostile } },
      { ...head, level: hostile },
      { ...head, error: hostile },
      { ...head, error: { hint: hostile } },
      { ...head, error: { stack: `Error: ${hostile}\n    at ${hostile}` } },
    ];
    for (const line of lines) harmlessLines(format(line));
  });

  it('is one line of the log, except for what was written below each other', () => {
    expect(format({ ...head, message: 'one\ntwo' }).split('\n')[1]).toBe('  two');
    expect(format({ ...head, user: hostile }).split('\n')).toHaveLength(1);
    expect(format({ ...head, plugin: hostile }).split('\n')).toHaveLength(1);
  });

  it.each([
    ['is cut off', `{"level":"info","message":"${hostile}`],
    ['has no message', '{"level":"info"}'],
    ['has a message that is none', `{"level":"info","message":{"a":1},"time":"${time}"}`],
    ['has a level that is none', '{"level":3,"message":"x"}'],
    ['is a list', '[1,2]'],
    ['is nothing', 'null'],
    ['is empty', ''],
    ['has another time', '{"level":"info","message":"x","time":7}'],
    ['has a time that is none', '{"level":"info","message":"x","time":"soon"}'],
  ])('is shown as it is where a line %s', (_, line) => {
    harmlessLines(formatLogLine(line, plainStyle, '/bot'));
  });
});

describe('what strangers wrote, in what the running bot answers', () => {
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

  it('is a word in the list of gadgets', async () => {
    server = await answerAsBot(folder, { status: hostileBot });
    const lines = harmlessLines(await listGadgets(folder.path, false, unexpected));
    expect(lines).toHaveLength(2);
    expect(JSON.parse(await listGadgets(folder.path, true, unexpected))[0].name).toBe(hostile);
  });

  it('is a word in the list of rewards', async () => {
    server = await answerAsBot(folder, { rewards: hostileBot.rewards });
    expect(harmlessLines(await listRewards(folder.path, false))).toHaveLength(7);
  });

  it('is a word in why nothing happened', async () => {
    const refusals = [
      { time, user: hostile, command: hostile, reason: hostile, text: hostile },
      { time, user: hostile, command: hostile, redemption: { title: hostile, cost: 5 } },
    ];
    const reactions = [
      { time, event: hostile, plugin: hostile, channel: hostile, user: hostile, did: hostile },
      { time, event: hostile, plugin: hostile, channel: hostile, text: hostile },
    ];
    server = await answerAsBot(folder, { refusals, reactions });
    const text = await listRefusals(folder.path, { user: undefined, json: false });
    expect(harmlessLines(text)).toHaveLength(4);
  });
});
