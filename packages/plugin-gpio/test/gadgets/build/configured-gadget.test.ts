import { afterEach, describe, expect, it } from '@jest/globals';
import { Gadgets } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('a gadget in YAML', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const lamp = { type: 'light', pin: 17 };

  it('has only the verbs that the owner leaves it', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { ...lamp, verbs: ['on', 'off'] } } });
    await bot.hear('!lamp blink');
    expect(bot.replies[0]).toMatch(/^Usage: !lamp <verb:on\|off>/);
  });

  it('says what the owner wants it to say', async () => {
    const replies = { on: 'Let there be light!', blink: '{gadget} twinkles {times}' };
    bot = await startGpioBot({ gadgets: { lamp: { ...lamp, replies } } });
    await bot.hear('!lamp on');
    await bot.hear('!lamp blink 1');
    expect(bot.replies).toEqual(['Let there be light!', 'lamp twinkles once']);
  });

  it('fails alone with the name of a verb that it does not have', async () => {
    const other = { type: 'light', pin: 22 };
    bot = await startGpioBot({ gadgets: { lamp: { ...lamp, verbs: ['dance'] }, other } });
    expect(bot.log.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'plugins.yaml: gadgets.lamp.verbs.0: The gadget "lamp" has no verb "dance". "lamp" is not there, all else goes on; "pertybot check" shows the line.',
    ]);
    await bot.hear('!other on');
    expect(bot.board.level(22)).toBe(1);
  });

  it('leaves its pin alone in dry-run, and says what it would do', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { ...lamp, mode: 'dry-run' } } });
    await bot.hear('!lamp on');
    expect(bot.replies).toEqual(['lamp is on']);
    expect(bot.board.level(17)).toBe(0);
    expect(bot.log.map(({ message }) => message)).toContain('Dry run: GPIO17 would be at 3.3 V.');
  });

  it('refuses a second one while it is busy, when the owner wants that', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { ...lamp, busy: 'refuse' } } });
    await bot.hear('!lamp blink');
    await bot.hear('!lamp on', { as: 'bob' });
    expect(bot.replies).toEqual(['lamp blinks', 'lamp is busy.']);
  });

  it('tells the bot what it does', async () => {
    bot = await startGpioBot({ gadgets: { lamp } });
    await bot.hear('!lamp on');
    expect(bot.eventsOf('gadget')).toEqual([
      { gadget: 'lamp', type: 'light', event: 'on', state: 'on' },
    ]);
  });

  it('can be driven by a program', async () => {
    bot = await startGpioBot({ gadgets: { lamp } });
    const gadget = bot.find(Gadgets)?.find('lamp');
    expect(await gadget?.perform('on')).toMatchObject({ text: 'lamp is on' });
    expect(await gadget?.perform('dance')).toMatchObject({
      reason: 'gadget.verb',
      text: 'lamp takes on, off, toggle, blink.',
    });
    expect(gadget?.state).toBe('on');
  });

  it('cannot share a pin with another one', async () => {
    await expect(
      startGpioBot({ gadgets: { lamp, horn: { type: 'buzzer', pin: 'BOARD11' } } }),
    ).rejects.toThrow('expected a pin of its own: GPIO17 (BOARD11) is that of "lamp"');
    bot = await startGpioBot();
  });

  it('is an onboard LED without any wiring', async () => {
    bot = await startGpioBot({ gadgets: { led: { type: 'onboard-led' } } });
    await bot.hear('!led on');
    expect(bot.replies).toEqual(['led is on']);
    expect(bot.eventsOf('pin')).toEqual([{ gadget: 'led', pin: 'ACT', level: 1, on: true }]);
  });

  it('can be dimmed and pulse when it is an LED', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { ...lamp, dimmable: true } } });
    await bot.hear('!lamp dim 30');
    expect(bot.replies).toEqual(['lamp is dimmed to 30']);
    const begun = bot.board.history.length;
    await bot.clock.advance('100ms');
    expect(bot.board.history.length - begun).toBe(20);
    await bot.hear('!lamp on');
    const full = bot.board.history.length;
    await bot.clock.advance('100ms');
    expect(bot.board.history.length).toBe(full);
    await bot.hear('!lamp pulse 1');
    await bot.clock.advance('3s');
    expect(bot.board.level(17)).toBe(0);
    const ended = bot.board.history.length;
    await bot.clock.advance('100ms');
    expect(bot.board.history.length).toBe(ended);
  });
});
