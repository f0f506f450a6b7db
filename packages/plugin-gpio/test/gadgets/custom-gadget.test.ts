import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin, duration, v } from '@pertybot/core';
import { defineGadget, Gadgets, pinName, verb } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const siren = defineGadget({
  type: 'siren',
  about: 'A siren that howls',
  entries: { pin: pinName(), howl: v.optional(duration(), '1s') },
  async create({ output }, { pin, howl }) {
    const horn = await output(pin, { kind: 'buzzer' });
    return {
      get state() {
        return horn.state;
      },
      direct: 'howl',
      verbs: {
        howl: verb({
          about: 'Howls',
          reply: '{gadget} howls!',
          run: () => horn.on({ for: howl }),
        }),
      },
    };
  },
});

const sirens = definePlugin({
  name: 'sirens',
  needs: { gadgets: Gadgets },
  async start({ gadgets }) {
    await gadgets.define(siren);
  },
});

describe('a gadget of another plugin', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const gadgets = { alarm: { type: 'siren', pin: 17, howl: '2s' } };

  it('is named in YAML like ours, and has the same command, limits and queue', async () => {
    bot = await startGpioBot({ gadgets }, { plugins: [sirens] });
    await bot.clock.advance(0);
    await bot.hear('!alarm');
    expect(bot.replies).toEqual(['alarm howls!']);
    expect(bot.board.level(17)).toBe(1);
    await bot.clock.advance('2s');
    expect(bot.board.level(17)).toBe(0);
    expect(bot.find(Gadgets)?.list).toMatchObject([
      { name: 'alarm', type: 'siren', pins: ['GPIO17'], usage: 'alarm <howl>' },
    ]);
  });

  it('waits for the plugin that brings it', async () => {
    bot = await startGpioBot({ gadgets });
    expect(bot.find(Gadgets)?.missing).toEqual([{ name: 'alarm', type: 'siren' }]);
    expect(bot.log.map(({ message }) => message)).toContain(
      '"alarm" waits for a plugin that brings the type "siren".',
    );
  });

  it('is a member of groups, which wait for it', async () => {
    const groups = {
      all: { type: 'group', gadgets: ['alarm', 'second'] },
      second: { type: 'siren', pin: 27 },
      lamp: { type: 'light', pin: 22 },
      outer: { type: 'group', gadgets: ['all', 'lamp'], verbs: [] },
    };
    bot = await startGpioBot({ gadgets: { ...gadgets, ...groups } }, { plugins: [sirens] });
    await bot.clock.advance(0);
    await bot.hear('!all howl');
    expect(bot.replies).toEqual(['all howls!']);
    expect([17, 27].map((pin) => bot.board.level(pin))).toEqual([1, 1]);
    expect(bot.find(Gadgets)?.missing).toEqual([]);
    expect(bot.find(Gadgets)?.list.map(({ name }) => name)).toEqual([
      'alarm',
      'all',
      'second',
      'lamp',
      'outer',
    ]);
  });

  it('costs the groups that wait for it, and nothing else', async () => {
    const all = { type: 'group', gadgets: ['alarm', 'lamp'] };
    const lamp = { type: 'light', pin: 22 };
    bot = await startGpioBot({ gadgets: { ...gadgets, all, lamp } });
    await bot.hear('!lamp on');
    expect(bot.board.level(22)).toBe(1);
    expect(bot.find(Gadgets)?.missing.map(({ name }) => name)).toEqual(['alarm', 'all']);
    expect(bot.log.map(({ message }) => message)).toContain(
      '"all" waits for gadgets that other plugins bring.',
    );
  });

  it('goes when its plugin stops, and comes back with it', async () => {
    bot = await startGpioBot({ gadgets }, { plugins: [sirens] });
    await bot.clock.advance(0);
    await bot.hear('!alarm');
    const { board } = bot;
    const changes = board.history.length;
    await bot.restart('sirens');
    await bot.clock.advance(0);
    expect(board.history.slice(changes)).toMatchObject([{ offset: 17, level: 0 }]);
    await bot.hear('!alarm');
    expect(board.level(17)).toBe(1);
  });

  it('says what is wrong with its config', async () => {
    const wrong = {
      alarm: { type: 'siren', pin: 17, loud: true },
      other: { type: 'siren', pin: 22 },
    };
    bot = await startGpioBot({ gadgets: wrong }, { plugins: [sirens] });
    await bot.clock.advance(0);
    const errors = bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(errors).toEqual([
      expect.stringContaining('plugins.yaml: gadgets.alarm: The gadget "alarm" is wrong: loud'),
    ]);
    await bot.hear('!other');
    expect(bot.board.level(22)).toBe(1);
  });

  it('cannot take the name of a type that is there', async () => {
    const again = definePlugin({
      name: 'again',
      needs: { gadgets: Gadgets },
      start: async ({ gadgets: registry }) => registry.define({ ...siren, type: 'light' }),
    });
    bot = await startGpioBot({}, { plugins: [again] });
    await bot.clock.advance(0);
    expect(bot.plugins.find(({ id }) => id === 'again')?.state).toMatchObject({
      name: 'failed',
      error: { message: 'There is a gadget type "light" already.' },
    });
  });
});
