import { describe, expect, it } from '@jest/globals';
import type { CommandInfo } from '@pertybot/core';
import type { CommandReach, OutputReach } from '@pertybot/plugin-gpio';
import { formatReach, warnForGood } from '../../src/check/format-check.js';
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
