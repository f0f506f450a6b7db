import { describe, expect, it } from '@jest/globals';
import { formatStatus } from '../../src/status/show-status.js';
import { styleFor } from '../../src/terminal/style.js';

const now = new Date('2026-01-01T12:00:00Z');
const bot = {
  pid: 7,
  command: 'pertybot start',
  since: '2026-01-01T11:00:00Z',
  state: 'ready',
  channels: [
    { channel: 'streamer', joined: true },
    { channel: 'foe', joined: false, problem: 'The bot is banned from the channel.' },
    { channel: 'soon', joined: false },
  ],
  plugins: [],
  gadgets: [],
  outputs: [],
  rewards: [],
  inputs: [],
  prefix: '!',
};

function chatLine(environment: Readonly<Record<string, string>>): string | undefined {
  const text = formatStatus({ bot }, styleFor({}, environment), now);
  return text.split('\n').find((line) => line.startsWith('Chat'));
}

it('shows why the bot does not sit in a channel', () => {
  expect(chatLine({})).toBe(
    'Chat     #streamer, #foe (not joined: The bot is banned from the channel), #soon (not joined)',
  );
});

it('shows a channel without the bot in red', () => {
  expect(chatLine({ FORCE_COLOR: '1' })).toContain('\u001b[31m#soon (not joined)\u001b[39m');
});

it('says which output may be on, and which has no guardian', () => {
  const outputs = [
    { gadget: 'lamp', pin: 'GPIO17', on: true, fault: 'The kernel could not write (EIO).' },
    { gadget: 'horn', pin: 'GPIO27', on: false, unguarded: true },
    { gadget: 'fan', pin: 'GPIO22', on: false },
  ].map((output) => ({ kind: 'output', level: 0 as const, ...output }));
  const lines = formatStatus({ bot: { ...bot, outputs } }, styleFor({}, {}), now).split('\n');
  expect(lines[1]).toBe(
    '"lamp" (GPIO17) may be on, and is tried again: The kernel could not write (EIO).',
  );
  expect(lines[2]).toBe('No guardian watches over "horn": not switched on until one does.');
});

it('shows how many texts were not said, and why the last one', () => {
  const lines = (unsaid?: { count: number; latest: string }) =>
    formatStatus({ bot: { ...bot, unsaid } }, styleFor({}, {}), now).split('\n');
  expect(lines({ count: 12, latest: 'newer answers came first' })).toContain(
    '         12 texts were not said, the last one: newer answers came first',
  );
  expect(lines({ count: 1, latest: 'the queue is full' })).toContain(
    '         1 text was not said: the queue is full',
  );
  expect(lines().join()).not.toContain('not said');
});

it('shows what EventSub brings, and what it does not, with why and what to do', () => {
  const follow = { channel: 'alice', event: 'follow', type: 'channel.follow' };
  const lacks = { problem: 'The login lacks a scope.', hint: 'Log in again.' };
  const events = {
    state: 'degraded',
    subscriptions: [
      { ...follow, on: true },
      { ...follow, event: 'pollBegin', on: false, ...lacks },
      { ...follow, event: 'pollEnd', on: false, ...lacks },
      { ...follow, event: 'redeem', on: false },
    ],
    gap: { endedAt: '2026-01-01T11:30:00.000Z', seconds: 12 },
  };
  const lines = formatStatus({ bot: { ...bot, events } }, styleFor({}, {}), now).split('\n');
  expect(lines.slice(2, 6)).toEqual([
    'Events   follow',
    '         not pollBegin of #alice, pollEnd of #alice: The login lacks a scope. Log in again.',
    '         not redeem of #alice: It is being asked for.',
    '         12 s were lost until 2026-01-01T11:30:00.000Z',
  ]);
});

describe('a token that Twitch refuses', () => {
  const login = { status: 'invalid', refreshable: true, ownToken: false } as const;
  const show = (plugins?: (typeof waiting)[]) => {
    const running = plugins === undefined ? null : { ...bot, plugins };
    return formatStatus({ bot: running, login }, styleFor({}, {}), now).split('\n').at(-1);
  };
  const waiting = {
    id: 'oauth',
    state: 'waiting',
    use: 'x',
    about: '',
    detail: 'login',
    commands: [],
  };

  it('is exchanged by a bot that runs, or will be asked for by one that starts', () => {
    expect(show([{ ...waiting, state: 'running' }])).toBe(
      'Login    the token has expired; the bot asks for another one by itself',
    );
    expect(show()).toBe(
      'Login    the token has expired; when the bot starts it asks for another one, or for a login',
    );
  });

  it('is at its end where the bot waits for a login', () => {
    expect(show([waiting])).toBe('Login    Twitch has ended the login; run pertybot login');
  });

  it('is at its end where the bot waits for that broadcaster', () => {
    const broadcasters = [{ channel: 'alice', ...login }];
    const shown = (detail: string) => {
      const running = { ...bot, plugins: [{ ...waiting, detail }] };
      const report = { bot: running, broadcasters };
      return formatStatus(report, styleFor({}, {}), now).split('\n').at(-1);
    };
    expect(shown('login (broadcaster alice)')).toBe(
      'Login    broadcaster alice: Twitch has ended the login; run pertybot login --broadcaster --channel alice',
    );
    expect(shown('login (broadcaster bob)')).toContain('the bot asks for another one by itself');
  });

  it('is at its end where there is nothing to exchange it for', () => {
    const report = { bot: null, login: { ...login, refreshable: false } };
    expect(formatStatus(report, styleFor({}, {}), now)).toContain('Twitch refuses the token');
  });
});

it('shows what viewers have redeemed and nobody has settled', () => {
  const reward = { name: 'a', title: 'Dinner', cost: 500, channel: 'streamer', plugin: 'gpio' };
  const redeemedAt = '2026-01-01T12:00:00.000Z';
  const underWay = [
    { id: '1', user: 'Alice\u001b[31m', redeemedAt, awaitsApproval: true },
    { id: '2', user: 'Bob', redeemedAt, awaitsApproval: false },
  ];
  const rewards = [
    { ...reward, runs: 'treat', state: 'open' as const, redemptions: 12, underWay },
    {
      ...reward,
      title: 'Other',
      runs: 'lamp',
      state: 'open' as const,
      redemptions: 0,
      underWay: [],
    },
  ];
  const text = formatStatus({ bot: { ...bot, rewards } }, styleFor({}, {}), now);
  expect(text).toContain('12 open of Dinner: Alice (waits for a moderator), Bob, 10 more');
  expect(text).not.toContain('open of Other');
  expect(text).not.toContain('\u001b');
});

it('shows which rewards are open, and why others are not', () => {
  const reward = { name: 'a', title: 'Confetti', cost: 500, channel: 'streamer', plugin: 'gpio' };
  const more = { runs: 'confetti', redemptions: 0, underWay: [] };
  const rewards = [
    { ...reward, ...more, state: 'open' as const },
    { ...reward, ...more, title: 'Lamp', state: 'open' as const },
    { ...reward, ...more, title: 'Horn', state: 'paused' as const, why: 'The stream is offline.' },
  ];
  const text = formatStatus({ bot: { ...bot, rewards } }, styleFor({}, {}), now);
  expect(text).toContain('Rewards  Confetti, Lamp\n         Horn (The stream is offline)');
  expect(formatStatus({ bot }, styleFor({}, {}), now)).not.toContain('Rewards');
});
