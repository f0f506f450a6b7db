import { describe, expect, it } from '@jest/globals';
import { makeGuard } from '../make-guard.js';

describe('maxOn', () => {
  it('switches off when the time is up, however often it is switched on meanwhile', async () => {
    const { board, clock, claim } = makeGuard();
    const lamp = await claim(17, { maxOn: '10s' });
    lamp.turnOn();
    await clock.advance('9s');
    expect(lamp.turnOn()).toBeUndefined();
    await clock.advance('999ms');
    expect(board.level(17)).toBe(1);
    await clock.advance('1ms');
    expect(board.level(17)).toBe(0);
  });

  it('starts anew after it was off', async () => {
    const { board, clock, claim } = makeGuard();
    const lamp = await claim(17, { maxOn: '10s' });
    lamp.turnOn();
    await clock.advance('9s');
    lamp.turnOff();
    lamp.turnOn();
    await clock.advance('9s');
    expect(board.level(17)).toBe(1);
  });

  it('refuses to be asked for longer', async () => {
    const { board, claim } = makeGuard();
    const lamp = await claim(17, { maxOn: '10s' });
    expect(lamp.turnOn(11_000)).toMatchObject({
      refused: true,
      reason: 'pin.maxOn',
      text: 'lamp may be on for at most 10 s.',
    });
    expect(board.level(17)).toBe(0);
  });

  it('is off after the time that was asked for', async () => {
    const { board, clock, claim } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn(500);
    await clock.advance('499ms');
    expect(board.level(17)).toBe(1);
    await clock.advance('1ms');
    expect(board.level(17)).toBe(0);
  });

  it.each([
    ['without a time', undefined],
    ['with a longer one', 8_000],
  ])('is not put off by a second wish %s', async (_, time) => {
    const { board, clock, claim } = makeGuard();
    const fan = await claim(17, { maxOn: '10s' });
    fan.turnOn(2_000);
    await clock.advance('1s');
    expect(fan.turnOn(time)).toBeUndefined();
    await clock.advance('999ms');
    expect(board.level(17)).toBe(1);
    await clock.advance('1ms');
    expect(board.level(17)).toBe(0);
  });

  it('comes nearer by a shorter wish, and begins anew after it was off', async () => {
    const { board, clock, claim } = makeGuard();
    const fan = await claim(17, { maxOn: '10s' });
    fan.turnOn(8_000);
    fan.turnOn(1_000);
    await clock.advance('1s');
    expect(board.level(17)).toBe(0);
    fan.turnOn(5_000);
    await clock.advance('4999ms');
    expect(board.level(17)).toBe(1);
  });
});

describe('minOff', () => {
  it('refuses until the rest is over, and says how long it takes', async () => {
    const { clock, claim } = makeGuard();
    const pump = await claim(17, { name: 'pump', minOff: '10s' });
    expect(pump.turnOn()).toBeUndefined();
    pump.turnOff();
    await clock.advance('4s');
    expect(pump.turnOn()).toMatchObject({
      refused: true,
      reason: 'pin.minOff',
      text: 'pump rests for another 6 s.',
      retryAfter: 6_000,
    });
    await clock.advance('6s');
    expect(pump.turnOn()).toBeUndefined();
  });

  it('is remembered when the pin is claimed anew', async () => {
    const { claim } = makeGuard();
    const pump = await claim(17, { minOff: '10s' });
    pump.turnOn();
    pump.release();
    expect((await claim(17, { minOff: '10s' })).turnOn()).toMatchObject({ reason: 'pin.minOff' });
  });
});

describe('maxTogglesPerSecond', () => {
  it('refuses one more within a second', async () => {
    const { clock, claim } = makeGuard();
    const lamp = await claim(17, { maxTogglesPerSecond: 2 });
    for (let turn = 0; turn < 2; turn++) {
      expect(lamp.turnOn()).toBeUndefined();
      lamp.turnOff();
      await clock.advance('100ms');
    }
    expect(lamp.turnOn()).toMatchObject({
      reason: 'pin.maxTogglesPerSecond',
      text: 'lamp cannot switch that fast.',
      retryAfter: 800,
    });
    await clock.advance('800ms');
    expect(lamp.turnOn()).toBeUndefined();
  });

  it('may be less than one', async () => {
    const { clock, claim } = makeGuard();
    const lamp = await claim(17, { maxTogglesPerSecond: 0.1 });
    lamp.turnOn();
    lamp.turnOff();
    await clock.advance('9s');
    expect(lamp.turnOn()).toMatchObject({ retryAfter: 1_000 });
    await clock.advance('1s');
    expect(lamp.turnOn()).toBeUndefined();
  });
});

describe('dutyCycle', () => {
  const dutyCycle = { on: '2s', in: '10s' } as const;

  it('switches off when the share is used, and on again only when some of it has passed', async () => {
    const { board, clock, claim } = makeGuard();
    const pump = await claim(17, { name: 'pump', dutyCycle });
    pump.turnOn();
    await clock.advance('2s');
    expect(board.level(17)).toBe(0);
    await clock.advance('3s');
    expect(pump.turnOn()).toMatchObject({
      refused: true,
      reason: 'pin.dutyCycle',
      text: 'pump has been on for long enough; again in 6 s.',
      retryAfter: 5_100,
    });
    await clock.advance('7s');
    expect(pump.turnOn()).toBeUndefined();
  });

  it('adds up several times on', async () => {
    const { board, clock, claim } = makeGuard();
    const pump = await claim(17, { dutyCycle });
    for (let turn = 0; turn < 3; turn++) {
      expect(pump.turnOn(500)).toBeUndefined();
      await clock.advance('1s');
    }
    pump.turnOn();
    await clock.advance('499ms');
    expect(board.level(17)).toBe(1);
    await clock.advance('1ms');
    expect(board.level(17)).toBe(0);
  });

  it('gives back what leaves the window while it is on', async () => {
    const { board, clock, claim } = makeGuard();
    const pump = await claim(17, { dutyCycle });
    pump.turnOn(1_000);
    await clock.advance('9500ms');
    pump.turnOn();
    // Half a second of the first turn is still in the window, and leaves it while this one runs.
    await clock.advance('1900ms');
    expect(board.level(17)).toBe(1);
    await clock.advance('200ms');
    expect(board.level(17)).toBe(0);
  });
});

describe('perRun', () => {
  it('refuses once it is used up', async () => {
    const { clock, claim } = makeGuard();
    const treat = await claim(17, { name: 'treat', perRun: 2 });
    for (let turn = 0; turn < 2; turn++) {
      expect(treat.turnOn()).toBeUndefined();
      treat.turnOff();
      await clock.advance('1m');
    }
    expect(treat.turnOn()).toMatchObject({
      reason: 'pin.perRun',
      text: 'treat has been used 2 times, which is all for now.',
    });
  });
});

describe("the owner's pins", () => {
  it('hold whatever a plugin asks', async () => {
    const { board, clock, claim } = makeGuard({ pins: { BOARD11: { maxOn: '1s' } } });
    (await claim('GPIO17', { maxOn: '30s' })).turnOn();
    await clock.advance('1s');
    expect(board.level(17)).toBe(0);
  });

  it('may lift a default, which is said at each start', async () => {
    const { lines, claim } = makeGuard({ pins: { GPIO17: { maxOn: '1h' } } });
    const lamp = await claim('GPIO17');
    expect(lamp.turnOn(3_600_000)).toBeUndefined();
    expect(lines).toMatchObject([
      {
        level: 'warn',
        message: '"lamp" (GPIO17) may be on for 1 h by "pins:", past the default of 30 s.',
      },
    ]);
  });
});
