import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import { Gpio } from '../../src/gpio.js';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';
import { makeGuard } from './make-guard.js';

describe('interlock', () => {
  it('never has two outputs of a group on', async () => {
    const { clock, claim } = makeGuard();
    const forward = await claim(17, { name: 'forward', interlock: 'motor' });
    const backward = await claim(27, { name: 'backward', interlock: 'motor' });
    const other = await claim(22, { name: 'other', interlock: 'motor', plugin: 'another' });
    expect(forward.turnOn()).toBeUndefined();
    expect(backward.turnOn()).toMatchObject({
      reason: 'pin.interlock',
      text: 'backward stays off while forward is on.',
    });
    expect(other.turnOn()).toBeUndefined();
    forward.turnOff();
    await clock.advance('1s');
    expect(backward.turnOn()).toBeUndefined();
  });

  it.each([
    ['one list', ['pump', 'valve']],
    [
      'several',
      [
        ['fan', 'heater'],
        ['pump', 'valve'],
      ],
    ],
  ])('keeps apart what the owner put into %s, but not the pins of one gadget', async (_, lists) => {
    const relay = (pin: number) => ({ type: 'relay', pin }) as const;
    const gadgets = { pump: relay(2), valve: relay(3), fan: relay(4), heater: relay(5) };
    const { claim } = makeGuard({ gadgets, interlock: lists });
    const pump = await claim(17, { name: 'pump' });
    const second = await claim(18, { name: 'pump' });
    const valve = await claim(27, { name: 'valve' });
    pump.turnOn();
    expect(second.turnOn()).toBeUndefined();
    expect(valve.turnOn()).toMatchObject({ text: 'valve stays off while pump is on.' });
  });

  it('takes a group for its members, also for those of groups in it', async () => {
    const relay = (pin: number) => ({ type: 'relay', pin }) as const;
    const two = { type: 'group', gadgets: ['valve', 'fan'] } as const;
    const all = { type: 'group', gadgets: ['two', 'heater'] } as const;
    const gadgets = { pump: relay(2), valve: relay(3), fan: relay(4), heater: relay(5), two, all };
    const { clock, claim } = makeGuard({ gadgets, interlock: ['pump', 'all'] });
    const outputs = await Promise.all(
      ['pump', 'valve', 'fan', 'heater'].map((name, index) => claim(17 + index, { name })),
    );
    for (const one of outputs) {
      expect(one.turnOn()).toBeUndefined();
      for (const other of outputs) {
        if (other !== one) expect(other.turnOn()).toMatchObject({ reason: 'pin.interlock' });
      }
      one.turnOff();
      await clock.advance('100ms');
    }
  });

  it.each([
    ['of two relays', {}, {}, 100],
    ['of a motor', { kind: 'motor' }, { kind: 'motor' }, 50],
    ['of a relay and a motor', { kind: 'relay' }, { kind: 'motor' }, 100],
    ['that one of them asks for', { deadTime: '1s' }, {}, 1_000],
  ] as const)('keeps a dead time %s', async (_, first, second, time) => {
    const { clock, claim } = makeGuard();
    const options = { kind: 'relay', interlock: 'pair' } as const;
    const one = await claim(17, { ...options, name: 'one', ...first });
    const other = await claim(27, { ...options, name: 'other', ...second });
    one.turnOn();
    one.turnOff();
    await clock.advance(time - 1);
    const text = 'other waits until one has let go.';
    expect(other.turnOn()).toMatchObject({
      refused: true,
      reason: 'pin.deadTime',
      text,
      retryAfter: 1,
    });
    expect(one.turnOn()).toBeUndefined();
    one.turnOff();
    await clock.advance(time);
    expect(other.turnOn()).toBeUndefined();
  });

  it('keeps a shorter dead time by the word of its owner', async () => {
    const pins = { GPIO17: { deadTime: '10ms' }, GPIO27: { deadTime: '10ms' } };
    const { clock, claim } = makeGuard({ pins });
    const one = await claim(17, { kind: 'relay', name: 'one', interlock: 'pair' });
    const other = await claim(27, { kind: 'relay', name: 'other', interlock: 'pair' });
    one.turnOn();
    one.turnOff();
    await clock.advance('10ms');
    expect(other.turnOn()).toBeUndefined();
  });
});

describe('a wish within the dead time', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const relay = (pin: number) => ({ type: 'relay', pin });
  const gadgets = {
    pump: relay(5),
    valve: relay(6),
    fill: { type: 'sequence', steps: ['pump on', 'wait 1s', 'pump off', 'valve on', 'wait 1s'] },
  };
  const level = (pin: number) => bot.board.level(pin);

  it('waits, so that steps go on', async () => {
    bot = await startGpioBot({ gadgets, interlock: ['pump', 'valve'] });
    await bot.hear('!fill');
    await bot.clock.advance('1099ms');
    expect([level(5), level(6)]).toEqual([0, 0]);
    await bot.clock.advance('1ms');
    expect([level(5), level(6)]).toEqual([0, 1]);
  });

  it.each(['!valve off', '!estop'])('is given up by %s', async (line) => {
    bot = await startGpioBot({ gadgets, interlock: ['pump', 'valve'] });
    await bot.hear('!pump on');
    await bot.hear('!pump off');
    const waiting = bot.hear('!valve on', { as: 'alice' });
    await bot.clock.advance('50ms');
    await bot.hear(line, { as: 'mod', roles: ['moderator'] });
    await bot.clock.advance('1s');
    await waiting;
    expect(bot.levels(6)).not.toContain(1);
  });

  it('of an output that a plugin has by itself is given up by !stop', async () => {
    const pair = definePlugin({
      name: 'pair',
      needs: { gpio: Gpio },
      async start({ gpio, command }) {
        const options = { kind: 'relay', interlock: 'pair' } as const;
        const one = await gpio.output('GPIO5', { ...options, name: 'one' });
        const other = await gpio.output('GPIO6', { ...options, name: 'other' });
        command('swap', async () => {
          await one.on();
          await one.off();
          return other.on();
        });
      },
    });
    bot = await startGpioBot({}, { plugins: [pair] });
    void bot.hear('!swap');
    await bot.clock.advance('50ms');
    await bot.hear('!stop', { as: 'mod', roles: ['moderator'] });
    await bot.clock.advance('1s');
    expect(bot.levels(5)).toEqual([1, 0]);
    expect(bot.levels(6)).not.toContain(1);
  });
});
