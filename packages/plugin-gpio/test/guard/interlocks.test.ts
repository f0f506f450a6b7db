import { describe, expect, it } from '@jest/globals';
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
    const { claim } = makeGuard({ gadgets, interlock: ['pump', 'all'] });
    const outputs = await Promise.all(
      ['pump', 'valve', 'fan', 'heater'].map((name, index) => claim(17 + index, { name })),
    );
    for (const one of outputs) {
      expect(one.turnOn()).toBeUndefined();
      for (const other of outputs) {
        if (other !== one) expect(other.turnOn()).toMatchObject({ reason: 'pin.interlock' });
      }
      one.turnOff();
    }
  });
});
