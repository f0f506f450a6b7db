import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import gpioPlugin, { Gpio } from '@pertybot/plugin-gpio';
import * as kit from '../src/index.js';
import { type GadgetTestBot, type PinName, startTestBot } from '../src/index.js';

const confetti = definePlugin({
  name: 'confetti',
  needs: { gpio: Gpio },
  async start({ gpio, command, say }) {
    const cannon = await gpio.output('GPIO22', { maxOn: '2s' });
    const trigger = await gpio.input('GPIO5');
    trigger.on('press', () => say('Somebody pressed the button!'));
    command('confetti', { about: 'Fires' }, () => cannon.on({ for: '500ms' }));
  },
});

describe('startTestBot', () => {
  let bot: GadgetTestBot;
  afterEach(() => bot.stop());

  it('shows the pins that a plugin drives', async () => {
    bot = await startTestBot([confetti]);
    await bot.hear('!confetti');
    expect(bot.pins.GPIO22.level).toBe(1);
    await bot.clock.advance('500ms');
    expect(bot.pins.GPIO22.levels).toEqual([1, 0]);
  });

  it('presses the buttons that a plugin reads', async () => {
    bot = await startTestBot([confetti]);
    bot.pins.GPIO5.press();
    await bot.clock.advance('20ms');
    expect(bot.replies).toEqual(['Somebody pressed the button!']);
    expect(bot.pins.GPIO5.level).toBe(0);
    bot.pins.GPIO5.release();
    expect(bot.pins.GPIO5.level).toBe(1);
  });

  it('takes gadgets as plugins.yaml has them, and records what pins do', async () => {
    bot = await startTestBot([], {
      config: { gpio: { gadgets: { lamp: { type: 'light', pin: 'GPIO17' } } } },
    });
    await bot.hear('!lamp on');
    expect(bot.events.filter(({ type }) => type === 'pin')).toEqual([
      { type: 'pin', data: { gadget: 'lamp', pin: 'GPIO17', level: 1, on: true } },
    ]);
  });

  it('keeps the gpio plugin on the simulated board, whatever its config says', async () => {
    bot = await startTestBot([], { config: { gpio: { driver: 'chardev' } } });
    expect(bot.find(Gpio)?.driver).toBe('simulated');
  });
});

const lamp = { lamp: { type: 'light', pin: 'GPIO17' } };

describe('the pins of a test bot', () => {
  let bot: GadgetTestBot;
  afterEach(() => bot.stop());

  it('are those of the header, each by its name, low until something moves them', async () => {
    bot = await startTestBot();
    const names = Object.keys(bot.pins);
    expect([names.length, names[0], names.at(-1)]).toEqual([28, 'GPIO0', 'GPIO27']);
    for (const name of names) expect(bot.pins[name as PinName].levels).toEqual([]);
    expect(bot.pins.GPIO17.level).toBe(0);
  });

  it('tell of levels at the pin: one that is active-low is on at 0', async () => {
    const gadgets = { lamp: { ...lamp.lamp, activeLow: true } };
    bot = await startTestBot([], { config: { gpio: { gadgets } } });
    const before = bot.pins.GPIO17.levels.length;
    await bot.hear('!lamp on');
    expect(bot.pins.GPIO17.level).toBe(0);
    await bot.hear('!lamp off');
    expect(bot.pins.GPIO17.levels.slice(before)).toEqual([0, 1]);
  });

  it('are off, and still told of, when the bot has stopped', async () => {
    bot = await startTestBot([], { config: { gpio: { gadgets: lamp } } });
    await bot.hear('!lamp on');
    await bot.stop();
    expect(bot.pins.GPIO17.level).toBe(0);
    expect(bot.pins.GPIO17.levels.slice(0, 2)).toEqual([1, 0]);
  });
});

describe('the plugins of a test bot', () => {
  const greet = definePlugin({
    name: 'greet',
    start({ command }) {
      command('greet', { about: 'Greets' }, ({ reply }) => reply('hello'));
    },
  });

  it('may be given as entries of plugins.yaml, with commands tuned', async () => {
    const commands = { greet: { name: 'hi' } };
    const bot = await startTestBot([{ plugin: greet, id: 'first', commands }], { prefix: '?' });
    await bot.hear('?hi');
    await bot.hear('!hi');
    expect(bot.replies).toEqual(['hello']);
    expect(bot.plugins.map(({ id }) => id)).toEqual(['fake-chat', 'gpio', 'first']);
    await bot.stop();
  });

  it('have a wrong config told with its place, and start nothing', async () => {
    const config = { gpio: { gadgets: { lamp: { type: 'lihgt', pin: 'GPIO17' } } } };
    await expect(startTestBot([greet], { config })).rejects.toThrow(/lihgt/);
    await expect(startTestBot([], { config: { gpio: { gadegts: {} } } })).rejects.toThrow(
      /gadegts/,
    );
  });

  it('are stopped where the gpio plugin does not start', async () => {
    const stopped: string[] = [];
    const witness = definePlugin({
      name: 'witness',
      start: ({ onStop }) => onStop(() => void stopped.push('witness')),
    });
    const entries = [{ plugin: gpioPlugin, enabled: false }, witness];
    await expect(startTestBot(entries)).rejects.toThrow('The gpio plugin did not start');
    expect(stopped).toEqual(['witness']);
  });
});

describe('the test bot of a folder', () => {
  async function startIn(yaml: string, ...words: Parameters<typeof startTestBot>) {
    const folder = await mkdtemp(path.join(tmpdir(), 'test-kit-'));
    try {
      await writeFile(path.join(folder, 'plugins.yaml'), yaml);
      return await startTestBot(words[0] ?? [], { folder, ...words[1] });
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  const yaml = `prefix: "?"
plugins:
  - use: gpio
    config: { driver: chardev, gadgets: { lamp: { type: light, pin: GPIO17 } } }
    commands: { lamp: { name: light } }
  - use: oauth
    config: { clientId: "\${NOWHERE}" }
`;

  it('has its prefix, its gadgets and the names of its commands, and logs in nowhere', async () => {
    const bot = await startIn(yaml);
    await bot.hear('?light on');
    expect(bot.pins.GPIO17.level).toBe(1);
    expect(bot.plugins.map(({ id }) => id)).toEqual(['fake-chat', 'gpio']);
    await bot.stop();
  });

  it('lets the test say otherwise', async () => {
    const gpio = { gadgets: { bulb: { type: 'light', pin: 'GPIO22' } } };
    const bot = await startIn(yaml, [], { prefix: '!', config: { gpio } });
    await bot.hear('!bulb on');
    expect([bot.pins.GPIO22.level, bot.pins.GPIO17.level]).toEqual([1, 0]);
    await bot.stop();
  });

  it('tells what is wrong with the file', async () => {
    await expect(startIn('plugins: [')).rejects.toThrow(/plugins\.yaml/);
    await expect(startIn('plgins: []')).rejects.toThrow(/plgins/);
  });
});

it('needs one import: what the harness of core has is here, too', () => {
  const { ManualClock, makeMessage, makeRedemption, makeUser } = kit;
  expect(new ManualClock().pending).toBe(0);
  expect(makeMessage('hi').text).toBe('hi');
  expect(makeRedemption('lamp').reward).toBeDefined();
  expect(makeUser({ roles: ['vip'] }).roles).toContain('vip');
});
