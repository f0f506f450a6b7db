import { afterEach, describe, expect, it } from '@jest/globals';
import { MemoryLogger } from '@pertybot/core/testing';
import { tellMissingTypes } from '../../../src/gadgets/build/missing-types.js';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

let bot: GpioBot;
afterEach(() => bot.stop());

const warnings = () =>
  bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);

describe('a gadget whose type no plugin brings', () => {
  it.each([
    ['led', 'Did you mean "light"?'],
    ['foobar', 'Known types: '],
  ])('is told of, with what was meant by "%s"', async (type, hint) => {
    const lamp = { type: 'light', pin: 17 };
    bot = await startGpioBot({ gadgets: { lamp, other: { type, pin: 27 } } });
    expect(warnings()).toEqual([
      expect.stringContaining(`No plugin brings the type "${type}" of the gadget "other". ${hint}`),
    ]);
  });

  it('is not told of where all is well', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17 } } });
    await bot.clock.advance('10s');
    expect(warnings()).toEqual([]);
  });

  it('is told of once, and not again by a bot that stops', async () => {
    bot = await startGpioBot({ gadgets: { other: { type: 'led', pin: 27 } } });
    await bot.stop();
    await bot.clock.advance('10s');
    expect(warnings()).toHaveLength(1);
  });
});

describe('tellMissingTypes', () => {
  const configs = { lamp: { type: 'led' }, strip: { type: 'wled' } } as never;
  const never = new Promise<void>(() => {});
  const told = (settled: Promise<void>, brought: readonly string[]) => {
    const log = new MemoryLogger();
    const parts = { settled, brought: new Set(['light', ...brought]), log };
    const stop = tellMissingTypes({ kinds: [] }, configs, parts);
    return { log, stop };
  };

  it('waits while a plugin may still bring the type', async () => {
    const { log } = told(never, []);
    await Promise.resolve();
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('says it to a bot that stops before that, but not of a type whose plugin has just stopped', () => {
    const { log, stop } = told(never, ['wled']);
    stop();
    stop();
    expect(
      log.lines.filter(({ level }) => level === 'error').map(({ message }) => message),
    ).toEqual([
      expect.stringContaining(
        'No plugin brings the type "led" of the gadget "lamp". Did you mean "light"?',
      ),
    ]);
  });

  it('hears of kinds until then', async () => {
    const brought = new Set(['light', 'led']);
    const log = new MemoryLogger();
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    tellMissingTypes({ kinds: [] }, configs, { settled, brought, log });
    brought.add('wled');
    settle();
    await settled;
    await Promise.resolve();
    expect(log.lines).toEqual([]);
  });
});
