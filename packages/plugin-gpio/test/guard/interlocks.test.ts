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
    const { claim } = makeGuard({ interlock: lists });
    const pump = await claim(17, { name: 'pump' });
    const second = await claim(18, { name: 'pump' });
    const valve = await claim(27, { name: 'valve' });
    pump.turnOn();
    expect(second.turnOn()).toBeUndefined();
    expect(valve.turnOn()).toMatchObject({ text: 'valve stays off while pump is on.' });
  });
});
