import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import { defineGadget, Gadgets, GpioError, pinName, verb } from '@pertybot/plugin-gpio';
import { lineBusy } from '../../../src/drivers/line-errors.js';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

/** What the kernel says of a chip that has died. */
const dead = () =>
  new GpioError('GPIO_DRIVER_FAILED', 'The kernel could not write pin "GPIO17" (EIO).');

/** A star behind a chip that dies and comes back. */
function makeStars(chip: { dead: boolean; why?: () => GpioError }) {
  const star = defineGadget({
    type: 'star',
    about: 'A star',
    entries: { pin: pinName() },
    async create({ output }, { pin }) {
      if (chip.dead) throw (chip.why ?? dead)();
      const light = await output(pin, { kind: 'light' });
      const use = async (work: () => Promise<unknown>) => {
        if (chip.dead) throw dead();
        await work();
        return undefined;
      };
      return {
        get state() {
          if (chip.dead) throw dead();
          return light.state;
        },
        verbs: {
          on: verb({ about: 'On', run: () => use(() => light.on()) }),
          off: verb({ about: 'Off', urgent: true, run: () => use(() => light.off()) }),
          shine: verb({
            about: 'Shines on',
            run: async () => ({ rest: use(async () => {}).then(() => Promise.reject(dead())) }),
          }),
        },
      };
    },
  });
  return definePlugin({
    name: 'stars',
    needs: { gadgets: Gadgets },
    async start({ gadgets }) {
      await gadgets.define(star);
    },
  });
}

const gadgets = { star: { type: 'star', pin: 17 }, lamp: { type: 'light', pin: 22 } };

describe('a gadget whose chip is dead', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  async function start(
    chip: Parameters<typeof makeStars>[0],
    config: Record<string, unknown> = {},
  ) {
    bot = await startGpioBot({ gadgets, ...config }, { plugins: [makeStars(chip)] });
    await bot.clock.advance(0);
  }

  it('costs itself, and not the plugin, the others or the stop', async () => {
    const chip = { dead: false };
    await start(chip);
    chip.dead = true;
    for (let count = 0; count < 100; count += 1) {
      await bot.hear('!star on', { as: `user${count}` });
    }
    expect(bot.plugins.find(({ id }) => id === 'gpio')?.state.name).toBe('running');
    expect(bot.eventsOf('fault')).toEqual([]);
    await bot.hear('!lamp on', { as: 'alice' });
    expect(bot.board.level(22)).toBe(1);
    await bot.hear('!estop', { as: 'mod', roles: ['moderator'] });
    expect(bot.board.level(22)).toBe(0);
  });

  it('tells chat, rests by itself, longer each time, and comes back', async () => {
    const chip = { dead: false };
    await start(chip);
    chip.dead = true;
    const ask = async (as: string) => {
      await bot.hear('!star on', { as });
      return bot.replies.at(-1);
    };
    for (const name of ['a', 'b', 'c']) {
      expect(await ask(name)).toBe('star does not work right now.');
    }
    expect(await ask('d')).toBe('star does not work, and rests; again in 10 s.');
    await bot.clock.advance('10s');
    expect(await ask('e')).toBe('star does not work right now.');
    expect(await ask('f')).toBe('star does not work, and rests; again in 20 s.');
    await bot.clock.advance('20s');
    chip.dead = false;
    expect(await ask('g')).toBe('star is on');
    const errors = bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(errors).toContain('"star" fails, and rests for 10 s; all else goes on.');
    expect(bot.log.map(({ message }) => message)).toContain('"star" works again.');
    expect(bot.refusals.map(({ reason }) => reason)).toContain('gadget.rests');
  });

  it('lets nobody wait who switches it off', async () => {
    const chip = { dead: false };
    await start(chip);
    await bot.hear('!star on', { as: 'alice' });
    chip.dead = true;
    for (const as of ['a', 'b', 'c', 'd']) await bot.hear('!star on', { as });
    chip.dead = false;
    await bot.hear('!star off', { as: 'bob' });
    expect(bot.board.level(17)).toBe(0);
  });

  it('counts what fails later', async () => {
    await start({ dead: false });
    for (const as of ['a', 'b', 'c']) {
      await bot.hear('!star shine', { as });
      await bot.clock.advance('1s');
    }
    await bot.hear('!star on', { as: 'd' });
    expect(bot.plugins.find(({ id }) => id === 'gpio')?.state.name).toBe('running');
    expect(bot.eventsOf('fault')).toEqual([]);
  });

  it('does not keep the states of the others from being told', async () => {
    const chip = { dead: false };
    await start(chip);
    chip.dead = true;
    expect(bot.find(Gadgets)?.list.map(({ state }) => state)).toEqual(['unknown', 'off']);
  });

  it('is built later when its chip is dead at the start, and lets the others start', async () => {
    const chip = { dead: true };
    await start(chip);
    expect(bot.find(Gadgets)?.missing).toEqual([{ name: 'star', type: 'star' }]);
    await bot.hear('!lamp on');
    expect(bot.board.level(22)).toBe(1);
    await bot.clock.advance('10s');
    await bot.clock.advance('19s');
    chip.dead = false;
    expect(bot.find(Gadgets)?.find('star')).toBeUndefined();
    await bot.clock.advance('1s');
    await bot.hear('!star on');
    expect(bot.board.level(17)).toBe(1);
    expect(bot.log.map(({ message }) => message)).toContain('"star" is there now.');
  });

  it('is built later when another program has its pin at the start', async () => {
    const chip = { dead: true, why: () => lineBusy(17, 'pertybot') };
    await start(chip);
    expect(bot.find(Gadgets)?.find('star')).toBeUndefined();
    chip.dead = false;
    await bot.clock.advance('10s');
    await bot.hear('!star on');
    expect(bot.board.level(17)).toBe(1);
  });

  it('is not tried any more when the bot has stopped', async () => {
    await start({ dead: true });
    await bot.stop();
    expect(bot.clock.pending).toBe(0);
  });
});
