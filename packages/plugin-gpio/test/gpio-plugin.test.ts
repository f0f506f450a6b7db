import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import { Gpio, type Output } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from './start-gpio-bot.js';

const gadgets = { lamp: { type: 'light', pin: 'GPIO17' } };

describe('the gpio plugin', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  it('switches everything off when the bot stops', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!lamp on');
    await bot.stop();
    expect(bot.board.level(17)).toBe(0);
    expect(bot.board.holder(17)).toBeUndefined();
    expect(bot.clock.pending).toBe(0);
  });

  it('says which driver moves the pins', async () => {
    bot = await startGpioBot();
    expect(bot.log.map(({ message }) => message)).toContain(
      'Pins are driven by simulated: simulated board (no pin moves).',
    );
  });

  it('gives the pins of a plugin back when that plugin stops', async () => {
    let cannon: Output | undefined;
    const confetti = definePlugin({
      name: 'confetti',
      needs: { gpio: Gpio },
      async start({ gpio }) {
        cannon = await gpio.output('GPIO22');
      },
    });
    bot = await startGpioBot({ gadgets }, { plugins: [confetti] });
    await bot.idle();
    await bot.hear('!lamp on');
    await cannon?.on();
    expect(bot.board.level(22)).toBe(1);
    const first = cannon;
    await bot.restart('confetti');
    expect(bot.board.level(22)).toBe(0);
    expect(bot.board.level(17)).toBe(1);
    await expect(first?.on()).rejects.toMatchObject({ code: 'GPIO_PIN_RELEASED' });
    expect(await cannon?.on()).toBeUndefined();
  });

  it('does not mind a chat that is away when the owner says never', async () => {
    bot = await startGpioBot({ gadgets, chatLostAfter: 'never' });
    await bot.hear('!lamp on');
    bot.emit('disconnected', {});
    await bot.clock.advance('5m');
    expect(bot.board.level(17)).toBe(1);
  });

  it('tells chat what the guard refuses, and takes no cooldown for it', async () => {
    bot = await startGpioBot(
      { gadgets: { lamp: { type: 'light', pin: 17, minOff: '10s' } } },
      { commands: { lamp: { cooldown: 1_000 } } },
    );
    await bot.hear('!lamp on');
    await bot.clock.advance('1s');
    await bot.hear('!lamp off');
    await bot.clock.advance('1s');
    await bot.hear('!lamp on');
    await bot.clock.advance('500ms');
    await bot.hear('!lamp on');
    // Told once: what costs no cooldown is not said again and again.
    expect(bot.replies.slice(2)).toEqual(['lamp rests for another 9 s.']);
    expect(bot.refusals.map(({ reason }) => reason)).toEqual(['pin.minOff', 'pin.minOff']);
  });

  it('counts what the listener of an input throws as a fault of its plugin', async () => {
    const nosy = definePlugin({
      name: 'nosy',
      needs: { gpio: Gpio },
      async start({ gpio: pins }) {
        const input = await pins.input('GPIO5', { name: 'bell' });
        input.on('press', () => Promise.reject(new Error('loose wire')));
        input.on('release', () => {
          throw new Error('loose wire');
        });
      },
    });
    bot = await startGpioBot({}, { plugins: [nosy] });
    for (let times = 0; times < 5; times++) {
      bot.board.press(5);
      await bot.clock.advance('20ms');
      bot.board.release(5);
      await bot.clock.advance('20ms');
    }
    expect(bot.eventsOf('fault')).toHaveLength(10);
    expect(bot.eventsOf('fault')[0]).toEqual({
      plugin: 'nosy',
      where: 'input bell',
      error: new Error('loose wire'),
    });
    expect(bot.plugins.find(({ id }) => id === 'nosy')?.state.name).toBe('restarting');
    expect(bot.board.holder(5)).toBeUndefined();
  });

  it.each(['stop', 'EStop'])('refuses a gadget that is called %s', async (name) => {
    const config = { gadgets: { [name]: { type: 'light', pin: 17 } } };
    await expect(startGpioBot(config)).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('this one is reserved for stopping') }],
    });
    bot = await startGpioBot();
  });

  it('stays stopped over a restart of the plugin though the stop could not be written', async () => {
    const nowhere = '/nowhere/pertybot/.pertybot';
    const folders = { bot: '/nowhere/pertybot', state: nowhere };
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17 } } }, { folders });
    await bot.hear('!estop', { roles: ['moderator'] });
    await bot.restart('gpio');
    expect(bot.emergencyStop.engaged?.by).toMatch(/in chat$/);
    await bot.hear('!lamp on');
    expect(bot.board.level(17)).toBe(0);
    bot.emergencyStop.release();
    await bot.restart('gpio');
    await bot.hear('!lamp on');
    expect(bot.board.level(17)).toBe(1);
  });

  it('refuses a config that is wrong, with every fault', async () => {
    const config = {
      gadgets: {
        lamp: { type: 'lihgt', pin: 17 },
        horn: { type: 'buzzer', pin: 'BOARD1' },
        fan: { type: 'relay', pin: 18, maxOm: '1s' },
      },
      pins: { GPIO99: {} },
    };
    await expect(startGpioBot(config)).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          message: expect.stringMatching(/^gadgets.lamp.type: .* did you mean "light"\?/),
        }),
        expect.objectContaining({
          message: expect.stringContaining('pin "BOARD1" is 3V3 power, not a GPIO'),
        }),
        expect.objectContaining({
          message: expect.stringContaining('unknown key "maxOm"'),
          hint: 'Did you mean "maxOn"?',
        }),
        expect.objectContaining({
          message: expect.stringContaining('pin "GPIO99" is not on the 40-pin header'),
        }),
      ]),
    });
    bot = await startGpioBot();
  });
});

describe('the emergency stop', () => {
  let bot: GpioBot;
  const folder = mkdtempSync(path.join(tmpdir(), 'gpio-estop-'));
  const folders = { bot: folder, state: path.join(folder, 'state') };
  afterEach(async () => {
    await bot.stop();
    rmSync(folders.state, { recursive: true, force: true, maxRetries: 9 });
  });

  it('is for moderators', async () => {
    bot = await startGpioBot({ gadgets }, { folders });
    await bot.hear('!lamp on');
    await bot.hear('!estop', { as: 'viewer' });
    expect(bot.board.level(17)).toBe(1);
    await bot.hear('!estop', { as: 'Alice', roles: ['moderator'] });
    expect(bot.board.level(17)).toBe(0);
    await bot.hear('!lamp on');
    expect(bot.replies.at(-1)).toBe(
      'Emergency stop: everything stays off until the owner releases it.',
    );
    expect(bot.emergencyStop.engaged?.by).toBe('@alice in chat');
    expect(bot.eventsOf('estop')).toEqual([{ engaged: true, by: '@alice in chat' }]);
  });

  it('holds across a restart of the plugin, and ends what a gadget does', async () => {
    bot = await startGpioBot({ gadgets }, { folders });
    await bot.hear('!lamp blink 20');
    bot.emergencyStop.engage('the owner');
    await bot.clock.advance('10s');
    expect(bot.levels(17)).toEqual([1, 0]);
    await bot.restart('gpio');
    await bot.hear('!lamp on');
    expect(bot.board.level(17)).toBe(0);
    bot.emergencyStop.release();
    await bot.hear('!lamp on');
    expect(bot.board.level(17)).toBe(1);
  });

  it('comes with SIGUSR2', async () => {
    bot = await startGpioBot({ gadgets }, { folders });
    await bot.hear('!lamp on');
    // The process of a jest test does not see true signals.
    process.emit('SIGUSR2', 'SIGUSR2');
    expect(bot.board.level(17)).toBe(0);
    await bot.stop();
    expect(process.listenerCount('SIGUSR2')).toBe(0);
  });
});

describe('!stop', () => {
  it('ends what the gadgets do', async () => {
    const bot = await startGpioBot({ gadgets });
    await bot.hear('!lamp blink 20');
    await bot.hear('!stop', { roles: ['moderator'] });
    expect(bot.replies.at(-1)).toBe('Stopped.');
    await bot.clock.advance('10s');
    expect(bot.levels(17)).toEqual([1, 0]);
    await bot.stop();
  });
});
