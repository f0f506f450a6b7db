import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { BotStatusReport } from '../../src/control/control-protocol.js';
import {
  findOutputTroubles,
  formatStatus,
  type StatusReport,
  showStatus,
} from '../../src/status/show-status.js';
import { plainStyle, styleFor } from '../../src/terminal/style.js';
import { textWidth } from '../../src/terminal/text.js';
import { outputReport, statusReport } from '../support/running-bot.js';

const now = new Date('2026-01-01T12:00:00Z');
const lines = (report: StatusReport) => formatStatus(report, plainStyle, now).split('\n');
const ofBot = (more: Partial<BotStatusReport>) => lines({ bot: statusReport(more) });
const below = (all: readonly string[], name: string) => {
  const start = all.findIndex((line) => line.startsWith(name));
  const end = all.findIndex((line, index) => index > start && /^\S/.test(line));
  return all.slice(start, end === -1 ? undefined : end).map((line) => line.slice(9));
};

describe('the status of no bot', () => {
  it('says that none runs, and nothing else of a folder without a login', () => {
    expect(lines({ bot: null })).toEqual(['No bot runs.']);
  });

  it('says with which stop the next one would begin', () => {
    expect(lines({ bot: null, estop: 'The emergency stop is engaged.' })).toEqual([
      'No bot runs.',
      'The emergency stop is engaged.',
    ]);
  });

  it('says how each login stands, in one column', () => {
    const login = { status: 'none' } as const;
    const broadcasters = [
      { status: 'none', channel: 'alice' } as const,
      { status: 'unknown', reason: 'Twitch is away', channel: undefined } as const,
    ];
    expect(lines({ bot: null, login, broadcasters })).toEqual([
      'No bot runs.',
      'Login    nobody is logged in; run pertybot login',
      expect.stringMatching(/^ {9}broadcaster alice: nobody is logged in; run pertybot login/),
      '         broadcaster: Twitch is away',
    ]);
  });
});

describe('the status of a bot', () => {
  it('is three lines where it has nothing', () => {
    expect(ofBot({})).toEqual([
      'pertybot start is ready, process 7, for 1 h',
      'Chat     no channel',
      'Plugins  ',
    ]);
  });

  it('never says that it runs for less than a second, whatever the clock does', () => {
    expect(ofBot({ since: '2026-01-01T12:00:00Z' })[0]).toMatch(/for 1 s$/);
    expect(ofBot({ since: '2027-01-01T12:00:00Z' })[0]).toMatch(/for 1 s$/);
  });

  it('tells of each plugin that does not run why', () => {
    const plugin = { use: '', about: '', commands: [] };
    const plugins = [
      { ...plugin, id: 'gpio', state: 'running' },
      { ...plugin, id: 'irc', state: 'waiting', detail: 'login' },
      { ...plugin, id: 'dice', state: 'failed', detail: 'no luck' },
      { ...plugin, id: 'old', state: 'disabled' },
      { ...plugin, id: 'odd', state: 'loaded' },
    ];
    expect(ofBot({ plugins }).at(-1)).toBe(
      'Plugins  gpio, irc (waiting: login), dice (failed: no luck), old (disabled), odd (loaded)',
    );
  });

  it('puts machines that are here on one line, and each other on its own with why', () => {
    const nodes = [
      { name: 'garage', state: 'here', gadgets: [], roundTrip: 3.6 },
      { name: 'attic', state: 'here', gadgets: [], roundTrip: 0.1 },
      { name: 'cellar', state: 'here', gadgets: [], stop: 'stopped by its owner' },
      { name: 'shed', state: 'gone', gadgets: [], problem: 'It says nothing.' },
      { name: 'barn', state: 'lost', gadgets: [] },
    ];
    expect(below(ofBot({ nodes }), 'Nodes')).toEqual([
      'garage (4 ms), attic (1 ms), cellar (stopped by its owner)',
      'shed (It says nothing)',
      'barn (lost)',
    ]);
  });

  it('has no line for machines where there is none', () => {
    expect(ofBot({ nodes: [] }).some((line) => line.startsWith('Nodes'))).toBe(false);
  });

  it('begins with machines that are away where none is here', () => {
    const nodes = [{ name: 'shed', state: 'gone', gadgets: [] }];
    expect(below(ofBot({ nodes }), 'Nodes')).toEqual(['shed (gone)']);
  });

  it('tells who waits for what he redeemed, and how many more do', () => {
    const reward = {
      ...{ name: 'c', title: 'Confetti', cost: 500, channel: 's', plugin: 'gpio', runs: 'c' },
      ...{ state: 'open' as const, redemptions: 3 },
      underWay: [{ id: '1', user: 'Alice', redeemedAt: '', awaitsApproval: true }],
    };
    expect(below(ofBot({ rewards: [reward] }), 'Rewards')).toEqual([
      'Confetti',
      '3 open of Confetti: Alice (waits for a moderator), 2 more',
    ]);
  });

  it('tells one text that was not said apart from many', () => {
    const one = ofBot({ unsaid: { count: 1, latest: 'late' } });
    expect(one[2]).toBe('         1 text was not said: late');
    const many = ofBot({ unsaid: { count: 9, latest: 'late' } });
    expect(many[2]).toBe('         9 texts were not said, the last one: late');
  });

  it('tells what EventSub lost, and that nothing comes where nothing does', () => {
    const events = { state: 'down', subscriptions: [], gap: { endedAt: '12:00', seconds: 40 } };
    expect(below(ofBot({ events }), 'Events')).toEqual([
      'none comes',
      '40 s were lost until 12:00',
    ]);
  });

  it('names what many events lack once', () => {
    const problem = 'The scope "x" is missing.';
    const lacking = Array.from({ length: 500 }, (_, index) => ({
      ...{ channel: 'alice', event: `event${index}`, type: 't', on: false, problem },
    }));
    const events = { state: 'down', subscriptions: lacking };
    const told = below(ofBot({ events }), 'Events');
    expect(told).toHaveLength(2);
    expect(told[1]?.split(problem)).toHaveLength(2);
  });
});

describe('the size of a status', () => {
  const many = 10_000;
  const outputs = Array.from({ length: many }, (_, index) =>
    outputReport(`lamp${index}`, { pin: `GPIO${index}`, on: index % 2 === 0 }),
  );

  it('is a screen, however many outputs there are', () => {
    const all = ofBot({ outputs });
    expect(all.length).toBeLessThan(10);
    expect(all.at(-1)?.trim()).toBe('… more');
  });

  it('keeps the board within a hundred columns, also where names are wide', () => {
    const wide = outputs.slice(0, 12).map((each) => ({ ...each, gadget: '日本のランプ' }));
    const board = ofBot({ outputs: wide }).filter((line) => line.includes('日本'));
    expect(Math.max(...board.map((line) => textWidth(line.trim())))).toBeLessThanOrEqual(100);
  });

  it('is the same without colours as what colours say, but for the colours', () => {
    const bot = statusReport({ outputs: outputs.slice(0, 3), estop: 'alice' });
    const colored = formatStatus({ bot }, styleFor({ isTTY: true }, {}), now);
    expect(colored).toContain('\u001b[31mEmergency stop by alice');
    const bare = stripVTControlCharacters(colored);
    expect(bare).toBe(formatStatus({ bot }, plainStyle, now));
  });

  it('is all there as JSON', () => {
    const bot = statusReport({ outputs });
    expect(JSON.parse(showStatus({ bot }, true)).bot.outputs).toHaveLength(many);
    expect(JSON.parse(showStatus({ bot: null }, true))).toEqual({ bot: null });
  });
});

describe('findOutputTroubles', () => {
  it('finds nothing where all is well', () => {
    expect(findOutputTroubles([outputReport('lamp')])).toEqual({
      faults: [],
      unguarded: undefined,
    });
    expect(findOutputTroubles([])).toEqual({ faults: [], unguarded: undefined });
  });

  it('names a gadget once, however many of its pins lack a guardian', () => {
    const outputs = ['GPIO5', 'GPIO6'].map((pin) => outputReport('mood', { pin, unguarded: true }));
    const { unguarded } = findOutputTroubles([
      ...outputs,
      outputReport('fan', { unguarded: true }),
    ]);
    expect(unguarded).toContain('watches over "mood", "fan":');
  });

  it('names each pin that may be on', () => {
    const outputs = ['GPIO5', 'GPIO6'].map((pin) => outputReport('mood', { pin, fault: 'EIO' }));
    expect(findOutputTroubles(outputs).faults).toEqual([
      '"mood" (GPIO5) may be on, and is tried again: EIO',
      '"mood" (GPIO6) may be on, and is tried again: EIO',
    ]);
  });
});
