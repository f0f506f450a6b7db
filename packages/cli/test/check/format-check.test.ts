import { describe, expect, it } from '@jest/globals';
import type { CommandInfo } from '@pertybot/core';
import type { CommandReach, OutputReach } from '@pertybot/plugin-gpio';
import {
  type Checked,
  formatCheck,
  formatReach,
  warnForGood,
} from '../../src/check/format-check.js';
import { styleFor } from '../../src/terminal/style.js';

const style = styleFor({});

const lamp: OutputReach = {
  gadget: 'lamp',
  pin: 'GPIO17',
  kind: 'light',
  longest: 600_000,
  inAnHour: 3_600_000,
  forGood: true,
  dryRun: false,
};

function reach(name: string, outputs: readonly OutputReach[], more: Partial<CommandInfo> = {}) {
  const command: CommandInfo = {
    name,
    ownName: name,
    usage: name,
    aliases: [],
    about: '',
    allow: 'everyone',
    cooldown: { user: 0, channel: 0, everyone: 0, byRole: {} },
    plugin: 'gpio',
    enabled: true,
    ...more,
  };
  return { command, outputs } satisfies CommandReach;
}

describe('what commands can do', () => {
  it('is a line for each output, and one for the commands without any', () => {
    const horn = { ...lamp, gadget: 'horn', pin: 'GPIO27', longest: 2_000, inAnHour: 120_000 };
    const commands = [
      reach('lamp', [lamp]),
      reach('party', [lamp, { ...horn, dryRun: true }], { allow: 'moderator' }),
      reach('help', []),
      reach('hello', []),
    ];
    expect(formatReach(commands, '!', style)).toEqual([
      '!lamp   everyone    GPIO17         on for 10 min at most, all of an hour',
      '!party  moderators  GPIO17 (lamp)  on for 10 min at most, all of an hour',
      '                    GPIO27 (horn)  on for 2 s at most, 2 min of an hour, in dry-run',
      'Without pins: !help !hello',
    ]);
  });

  it('says where nothing ends it', () => {
    const { longest, ...endless } = lamp;
    expect(longest).toBe(600_000);
    const [line] = formatReach([reach('lamp', [endless])], '!', style);
    expect(line).toContain('on without end, all of an hour');
  });
});

describe('the warning', () => {
  it('names what any viewer can hold on for good, but nothing that does not move', () => {
    const still = { ...lamp, gadget: 'star', dryRun: true };
    const fine = { ...lamp, gadget: 'horn', forGood: false };
    expect(warnForGood([reach('lamp', [lamp, still, fine])], '?')).toEqual([
      expect.stringContaining('Any viewer can hold "lamp" (GPIO17) on for good with ?lamp.'),
    ]);
    expect(warnForGood([reach('x', [still, fine])], '?')).toEqual([]);
  });
});

describe('formatCheck', () => {
  const none: Checked = {
    plugins: [],
    commands: [],
    rewards: [],
    prefix: '!',
    levels: { levels: [], warnings: [] },
    worst: [],
    warnings: [],
    faults: [],
    untried: [],
    unknown: [],
    lacking: new Map(),
  };
  const plugin = (id: string, more: Partial<Checked['plugins'][number]> = {}) => ({
    ...{ id, use: id, version: '1.0.0', needs: [], provides: [], scopes: [], enabled: true },
    ...more,
  });
  const lines = (checked: Partial<Checked>) =>
    formatCheck({ ...none, ...checked }, styleFor({}, {})).split('\n');

  it('is a line for a bot of nothing', () => {
    expect(lines({})).toEqual(['✓ plugins.yaml is fine: no plugins.']);
  });

  it('tells what points can do, as of commands', () => {
    const reward = { title: 'Lamp', cost: 500, plugin: 'gpio', cooldown: 0, input: false };
    const still = { ...reward, title: 'Hello' };
    const rewards = [
      { reward, outputs: [lamp] },
      { reward: still, outputs: [] },
    ];
    expect(lines({ rewards }).slice(1)).toEqual([
      '',
      'What points can do to the pins, at worst:',
      expect.stringMatching(/^ {2}Lamp {2}500 points {2}GPIO17 \(lamp\) {2}on for /),
      '  Without pins: Hello',
    ]);
  });

  it('names enabled plugins, and each of their scopes once', () => {
    const plugins = [
      plugin('irc', { scopes: ['chat:read', 'chat:edit'] }),
      plugin('bits', { scopes: ['chat:read', 'bits:read'] }),
      plugin('off', { enabled: false, scopes: ['moderation:read'] }),
    ];
    expect(lines({ plugins })).toEqual([
      '✓ plugins.yaml is fine: irc, bits.',
      '  Twitch scopes: chat:read, chat:edit, bits:read',
    ]);
  });

  it('does not call fine what a fault certainly breaks', () => {
    const faults = [{ plugin: 'dice', message: 'no luck.', hint: 'Buy some.', certain: true }];
    expect(lines({ faults })).toEqual(['', '✗ dice: no luck.', '  Buy some.']);
  });

  it('shows nothing of a plugin’s that would move the cursor', () => {
    const strange = 'no\u001b[2J luck\u202e';
    const faults = [{ plugin: 'dice', message: strange, hint: strange, certain: true }];
    expect(lines({ faults, warnings: [strange] })).toEqual([
      '',
      '! no luck',
      '✗ dice: no luck',
      '  no luck',
    ]);
  });

  it('warns of a fault that may lie outside', () => {
    const faults = [{ plugin: 'weather', message: 'no network.', certain: false }];
    expect(lines({ plugins: [plugin('weather')], faults })).toEqual([
      '✓ plugins.yaml is fine: weather.',
      '',
      '! weather: no network.',
    ]);
  });

  it('says which variables are not set, one or many', () => {
    const lacking = new Map([
      ['oauth', ['TWITCH_CLIENT_ID', 'TWITCH_CLIENT_SECRET']],
      ['weather', ['KEY']],
    ]);
    const [, , oauth, weather] = lines({ lacking });
    expect(oauth).toMatch(
      /^✗ oauth needs TWITCH_CLIENT_ID and TWITCH_CLIENT_SECRET, which are not/,
    );
    expect(weather).toMatch(/^✗ weather needs KEY, which is not set/);
  });

  it('says what it does not know, and what it did not try', () => {
    const text = lines({ unknown: ['dice'], untried: ['irc', 'oauth'] });
    expect(text).toContain('  Not tried, since it needs Twitch or a variable: irc, oauth');
    expect(text.at(-1)).toMatch(/^! dice has not run yet/);
  });

  it('tells what chat can do to the pins', () => {
    expect(lines({ commands: [reach('lamp', [lamp])] }).slice(1)).toEqual([
      '',
      'What chat can do to the pins, at worst:',
      expect.stringContaining('!lamp  everyone  GPIO17  on for 10 min at most, all of an hour'),
    ]);
  });
});
