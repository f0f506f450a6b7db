import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import { defineGadget, Gadgets, Gpio, pinName } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

const pump = { type: 'relay', pin: 5 };
const valve = { type: 'relay', pin: 6 };
const door = { type: 'button', pin: 22 };
const all = { type: 'group', gadgets: ['pump', 'valve'] };
const gadgets = { pump, valve };

describe('a name in the config that is not there', () => {
  it.each([
    [
      'an interlock',
      { gadgets, interlock: ['pump', 'vavle'] },
      'interlock.1: expected a gadget of this list that switches pins (pump, valve); did you mean "valve"?, received "vavle"',
    ],
    [
      'one of several interlocks',
      {
        gadgets,
        interlock: [
          ['pump', 'valve'],
          ['pump', 'Valve'],
        ],
      },
      'interlock.1.1: expected a gadget of this list that switches pins (pump, valve); did you mean "valve"?, received "Valve"',
    ],
    [
      'an interlock with what switches nothing',
      { gadgets: { ...gadgets, door }, interlock: ['pump', 'door'] },
      'interlock.1: expected a gadget of this list that switches pins (pump, valve), received "door"',
    ],
    [
      'an interlock of one',
      { gadgets, interlock: ['pump', 'pump'] },
      'interlock: expected at least two gadgets, or a group of them',
    ],
    [
      'the limits of a pin',
      { gadgets, pins: { BOARD12: { maxOn: '1s' } } },
      'pins.BOARD12: expected a pin that a gadget switches, or "plugin:" for one of a plugin (GPIO5, GPIO6)',
    ],
    [
      'the limits of a pin that is read',
      { gadgets: { door }, pins: { GPIO22: { maxOn: '1s' } } },
      'pins.GPIO22: expected a pin that a gadget switches, or "plugin:" for one of a plugin',
    ],
    [
      'the limits of a pin for the second time',
      { gadgets, pins: { GPIO5: { maxOn: '1s' }, BOARD29: { maxOn: '2s' } } },
      'pins.BOARD29: expected GPIO5 once',
    ],
    [
      'a pin that another gadget has',
      { gadgets: { ...gadgets, horn: { type: 'buzzer', pin: 'BOARD29' } } },
      'gadgets.horn.pin: expected a pin of its own: GPIO5 (BOARD29) is that of "pump"',
    ],
    [
      'a pin that a button reads',
      { gadgets: { door, mood: { type: 'rgb', red: 17, green: 22, blue: 27 } } },
      'gadgets.mood.green: expected a pin of its own: GPIO22 (BOARD15) is that of "door"',
    ],
    [
      'a pin that the gadget has twice',
      { gadgets: { mood: { type: 'rgb', red: 17, green: 22, blue: 17 } } },
      'gadgets.mood.blue: expected a pin of its own: "mood" has GPIO17 (BOARD11) already',
    ],
    [
      "the board's own LED for the second time",
      { gadgets: { led: { type: 'onboard-led' }, other: { type: 'onboard-led' } } },
      `gadgets.other.type: expected a pin of its own: the board's own LED is that of "led"`,
    ],
    [
      'steps without brackets',
      { gadgets, on: { raid: 'pump on' } },
      'on.raid: expected a list, received "pump on"',
    ],
    [
      'a group',
      { gadgets: { ...gadgets, all: { ...all, gadgets: ['pump', 'valv'] } } },
      'gadgets.all.gadgets.1: expected a gadget of this list (pump, valve); did you mean "valve"?, received "valv"',
    ],
    [
      'a group with one below it',
      { gadgets: { ...gadgets, both: { type: 'group', gadgets: ['all'] }, all } },
      'gadgets.both.gadgets.0: expected no group that stands at or below this one, received "all"',
    ],
    [
      'a group within itself',
      { gadgets: { ...gadgets, all: { ...all, gadgets: ['pump', 'all'] } } },
      'gadgets.all.gadgets.1: expected no group that stands at or below this one, received "all"',
    ],
    [
      'a step',
      { gadgets: { ...gadgets, fill: { type: 'sequence', steps: ['pumpe on'] } } },
      'gadgets.fill.steps.0: expected a gadget of this list (pump, valve, fill); did you mean "pump"?, received "pumpe on"',
    ],
    [
      'a trigger',
      { gadgets, on: { raid: ['pump on', 'wait 1s', 'pmup off'] } },
      'on.raid.2: expected a gadget of this list (pump, valve); did you mean "pump"?, received "pmup off"',
    ],
    [
      "a button's steps",
      { gadgets: { ...gadgets, door: { ...door, onHold: { run: ['vlave on'] } } } },
      'gadgets.door.onHold.run.0: expected a gadget of this list (pump, valve, door); did you mean "valve"?, received "vlave on"',
    ],
  ])('is an error of %s, with its line', async (_, config, message) => {
    await expect(startGpioBot(config)).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining(message),
          position: { line: expect.any(Number), column: expect.any(Number) },
        },
      ],
    });
  });
});

describe('names that only another plugin can answer for', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  /** A kind that names a pin, and may leave it alone. */
  const siren = (output: 'its own' | 'none') =>
    definePlugin({
      name: 'sirens',
      needs: { gadgets: Gadgets },
      async start({ gadgets: registry }) {
        const kind = defineGadget({
          type: 'siren',
          about: 'A siren',
          entries: { pin: pinName() },
          async create(context, { pin }) {
            if (output === 'its own') await context.output(pin);
            return { state: 'off', verbs: {} };
          },
        });
        await registry.define(kind);
      },
    });
  const alarm = { type: 'siren', pin: 'BOARD11' };
  const stateOf = (id: string) => bot.plugins.find((plugin) => plugin.id === id)?.state;

  it('are taken where its gadget has the output and the pin', async () => {
    const config = {
      gadgets: { pump, alarm },
      interlock: ['pump', 'alarm'],
      pins: { GPIO17: { maxOn: '1s' } },
    };
    bot = await startGpioBot(config, { plugins: [siren('its own')] });
    expect(stateOf('sirens')).toEqual({ name: 'running' });
  });

  it.each([
    [{ interlock: ['pump', 'alarm'] }, 'is in "interlock:" and has no output of its name'],
    [{ pins: { GPIO17: {} } }, '"pins:" limits GPIO17, which the gadget "alarm" names'],
  ])('fail the gadget that has none of it', async (names, message) => {
    const config = { gadgets: { pump, alarm }, ...names };
    bot = await startGpioBot(config, { plugins: [siren('none')] });
    expect(stateOf('sirens')?.name).toBe('running');
    const errors = bot.log.filter(({ level }) => level === 'error').map((line) => line.message);
    expect(errors).toEqual([expect.stringContaining(message)]);
    expect(bot.find(Gadgets)?.missing).toEqual([{ name: 'alarm', type: 'siren' }]);
  });

  it('fail the start where plugins.yaml has no such plugin', async () => {
    const pins = { GPIO17: { plugin: 'siresn' } };
    const start = startGpioBot({ pins }, { plugins: [siren('none')] });
    await expect(start).rejects.toThrow('for the plugin \\"siresn\\", which plugins.yaml does not');
    bot = await startGpioBot();
  });

  it('keep off what a plugin claims instead of the pin that is limited for it', async () => {
    const confetti = definePlugin({
      name: 'confetti',
      needs: { gpio: Gpio },
      async start({ gpio, command }) {
        const cannon = await gpio.output(18);
        command('fire', { about: 'Fires' }, async ({ reply }) => {
          await reply((await cannon.on())?.text ?? 'fired');
        });
      },
    });
    const pins = { GPIO17: { plugin: 'confetti', maxOn: '1s' } };
    bot = await startGpioBot({ pins }, { plugins: [confetti] });
    await bot.hear('!fire');
    expect(bot.replies).toEqual([
      '"pins:" limits GPIO17 for the plugin "confetti", which does not have it.',
    ]);
    expect(bot.board.level(18)).toBe(0);
  });
});
