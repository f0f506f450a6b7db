import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { checkGpio } from '../src/gpio-checks.js';
import { gpioConfigSchema } from '../src/gpio-config.js';
import { planGadgets } from '../src/plan-gadgets.js';

const toConfig = (config: v.InferInput<typeof gpioConfigSchema>) =>
  v.parse(gpioConfigSchema, config);

describe('checkGpio', () => {
  it('says what is most likely meant by a type that is none of ours', async () => {
    const config = toConfig({ driver: 'simulated', gadgets: { lamp: { type: 'led', pin: 17 } } });
    expect(await checkGpio(config)).toContainEqual({
      level: 'warning',
      subject: 'gadgets',
      message: '"lamp" needs a plugin that brings the type "led".',
      hint: expect.stringContaining('Did you mean "light"? Known types: light,'),
    });
  });

  it('says what each output may do, and what the owner should know', async () => {
    const config = toConfig({
      driver: 'simulated',
      gadgets: {
        lamp: { type: 'light', pin: 17, maxOn: '5m' },
        heater: { type: 'relay', pin: 'GPIO2' },
        alarm: { type: 'confetti' },
        all: { type: 'group', gadgets: ['lamp', 'alarm'] },
      },
      pins: { GPIO2: { maxOn: 'never' } },
    });
    expect(await checkGpio(config)).toEqual([
      {
        level: 'ok',
        subject: 'driver',
        message: 'Pins are driven by simulated: simulated board (no pin moves).',
      },
      {
        level: 'ok',
        subject: 'gadgets',
        message: '"lamp" drives GPIO17, at most 5 min at a time.',
      },
      {
        level: 'ok',
        subject: 'gadgets',
        message: '"heater" drives GPIO2, without end.',
      },
      {
        level: 'warning',
        subject: 'gadgets',
        message: '"heater" uses GPIO2, which may be in use for I2C (SDA).',
      },
      {
        level: 'warning',
        subject: 'gadgets',
        message: '"heater" (GPIO2) may be on for no end by "pins:", past the default of 30 s.',
      },
      {
        level: 'info',
        subject: 'gadgets',
        message: '"alarm" needs a plugin that brings the type "confetti".',
      },
      {
        level: 'info',
        subject: 'gadgets',
        message: '"all" waits for gadgets that other plugins bring.',
      },
    ]);
  });

  it('tells the levels of each output while no bot holds it, and warns of a relay that is on', async () => {
    const config = toConfig({
      driver: 'chardev',
      gadgets: {
        fan: { type: 'relay', pin: 22, activeLow: true },
        lamp: { type: 'light', pin: 17 },
      },
    });
    const levels = (await checkGpio(config)).filter(({ subject }) => subject === 'levels');
    expect(levels).toMatchObject([
      {
        level: 'ok',
        message: expect.stringContaining('"fan" (GPIO22) is on at 0 from power-on'),
        data: { pin: 'GPIO22', safe: 1, beforeBot: { level: 0, on: true } },
      },
      { level: 'ok', data: { pin: 'GPIO17', beforeBot: { on: false } } },
      { level: 'warning', message: expect.stringContaining('it is active-low') },
    ]);
  });
});

describe('planGadgets', () => {
  it('knows every gadget and its pins without a board', async () => {
    const plan = await planGadgets(
      toConfig({
        gadgets: {
          mood: { type: 'rgb', red: 17, green: 27, blue: 22 },
          bell: { type: 'button', pin: 5 },
        },
      }),
    );
    expect(plan.gadgets).toMatchObject([
      { name: 'mood', pins: ['GPIO17', 'GPIO27', 'GPIO22'] },
      { name: 'bell', pins: ['GPIO5'], verbs: [] },
    ]);
    expect(plan.outputs.map(({ pin }) => pin)).toEqual(['GPIO17', 'GPIO27', 'GPIO22']);
    expect(plan.inputs.map(({ pin }) => pin)).toEqual(['GPIO5']);
  });
});
