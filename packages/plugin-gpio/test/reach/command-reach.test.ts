import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import type { TestEntry } from '@pertybot/core/testing';
import gpio, { Gadgets, Gpio } from '@pertybot/plugin-gpio';
import { type CommandReach, reachOfCommands } from '../../src/reach/command-reach.js';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const minute = 60_000;

const cannon = definePlugin({
  name: 'confetti',
  needs: { gpio: Gpio },
  async start({ gpio: pins, command }) {
    const output = await pins.output('GPIO22', { name: 'cannon', maxOn: '2s' });
    command('confetti', { cooldown: '1m' }, () => output.on());
  },
});

describe('reachOfCommands', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  async function reach(
    config: Record<string, unknown>,
    commands: TestEntry['commands'] = {},
  ): Promise<(name: string) => CommandReach['outputs'] | undefined> {
    bot = await startGpioBot(config, { plugins: [cannon], commands });
    const { list: gadgets = [] } = bot.find(Gadgets) ?? {};
    const { outputs = [] } = bot.find(Gpio) ?? {};
    const all = reachOfCommands(bot.commands, { plugin: gpio.name, gadgets, outputs });
    return (name) => all.find(({ command }) => command.name === name)?.outputs;
  }

  it('says how long a gadget may be on, at once and in an hour', async () => {
    const gadgets = { horn: { type: 'relay', pin: 27, maxOn: '2s' } };
    const of = await reach({ gadgets }, { horn: { cooldown: { everyone: 60_000 } } });
    expect(of('horn')).toEqual([
      {
        gadget: 'horn',
        pin: 'GPIO27',
        kind: 'relay',
        longest: 2_000,
        inAnHour: 2 * minute,
        forGood: false,
        dryRun: false,
      },
    ]);
  });

  it('finds the gadget of a command that the owner renamed', async () => {
    const of = await reach(
      { gadgets: { lamp: { type: 'light', pin: 17 } } },
      { lamp: { name: 'licht' } },
    );
    expect(of('licht')).toMatchObject([{ gadget: 'lamp', longest: 10 * minute }]);
  });

  it('warns where any viewer can hold an output on for good', async () => {
    const gadgets = { lamp: { type: 'light', pin: 17 } };
    const pins = { GPIO17: { maxOn: 'never' } };
    expect((await reach({ gadgets, pins }))('lamp')).toEqual([
      expect.objectContaining({ inAnHour: 60 * minute, forGood: true }),
    ]);
    expect((await reach({ gadgets, pins }))('lamp')?.[0]).not.toHaveProperty('longest');
    const again = await reach({ gadgets });
    expect(again('lamp')).toMatchObject([{ longest: 10 * minute, forGood: true }]);
    const trusted = await reach({ gadgets }, { lamp: { allow: 'moderator' } });
    expect(trusted('lamp')).toMatchObject([{ inAnHour: 60 * minute, forGood: false }]);
    const paused = await reach({ gadgets }, { lamp: { cooldown: { everyone: 1_200_000 } } });
    expect(paused('lamp')).toMatchObject([{ inAnHour: 30 * minute, forGood: false }]);
  });

  it('knows how long the verbs that the owner left go on', async () => {
    const flag = { type: 'servo', pin: 18, verbs: ['angle', 'off'], move: '500ms' };
    const of = await reach({ gadgets: { flag } }, { flag: { cooldown: 10_000 } });
    expect(of('flag')).toMatchObject([{ longest: 500, inAnHour: 180_000 }]);
  });

  it('counts the window of a crowd as a pause', async () => {
    const lamp = { type: 'light', pin: 17, maxOn: '15s', crowd: 'vote(1m)' };
    const of = await reach({ gadgets: { lamp } });
    expect(of('lamp')).toMatchObject([{ inAnHour: 15 * minute, forGood: false }]);
  });

  it('follows groups and sequences to what they drive', async () => {
    const gadgets = {
      left: { type: 'light', pin: 17, maxOn: '10s' },
      right: { type: 'light', pin: 27, maxOn: '10s' },
      both: { type: 'group', gadgets: ['left', 'right'] },
      party: { type: 'sequence', steps: ['both on', 'wait 30s', 'left blink 3'] },
    };
    const of = await reach({ gadgets }, { party: { cooldown: 600_000 } });
    expect(of('both')?.map(({ gadget }) => gadget)).toEqual(['left', 'right']);
    expect(of('party')).toMatchObject([
      // 30 s, the longest blink, and what the last step leaves on.
      { gadget: 'left', longest: 10_000, inAnHour: 6 * 50_000 },
      { gadget: 'right', longest: 10_000, inAnHour: 6 * 50_000 },
    ]);
  });

  it('knows what commands of other plugins switch, and which switch nothing', async () => {
    const of = await reach({});
    expect(of('confetti')).toMatchObject([
      { gadget: 'cannon', pin: 'GPIO22', kind: 'output', longest: 2_000, inAnHour: 120_000 },
    ]);
    expect(of('estop')).toEqual([]);
  });
});
