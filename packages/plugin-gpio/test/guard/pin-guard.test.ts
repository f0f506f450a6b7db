import { describe, expect, it } from '@jest/globals';
import { refuse } from '@pertybot/core';
import type { Deadline } from '../../src/drivers/gpio-driver.js';
import { SimulatedDriver } from '../../src/drivers/simulated-driver.js';
import { makeGuard } from './make-guard.js';

describe('PinGuard', () => {
  it('claims an output at its safe level, without a glitch', async () => {
    const { board, claim } = makeGuard();
    await claim('GPIO17');
    await claim('GPIO5', { activeLow: true, name: 'relay' });
    expect(board.history).toEqual([]);
    expect([board.level(17), board.level(5)]).toEqual([0, 1]);
  });

  it('switches an active-low output on with 0 V', async () => {
    const { board, claim } = makeGuard();
    const relay = await claim('GPIO5', { activeLow: true });
    relay.turnOn();
    expect(board.level(5)).toBe(0);
    relay.turnOff();
    expect(board.level(5)).toBe(1);
  });

  it('reads the clock once before the pin moves', async () => {
    const { board, clock, claim } = makeGuard();
    const lamp = await claim('GPIO17', { maxOn: '10s' });
    let reads = 0;
    let before: number | undefined;
    const now = clock.now.bind(clock);
    clock.now = () => {
      reads += 1;
      return now();
    };
    // The board notes when it was.
    board.onChange(() => {
      before ??= reads - 1;
    });
    lamp.turnOn(1_000);
    expect(before).toBe(1);
  });

  it('tells the guardian before the pin moves, and arms its own end after', async () => {
    const { board, clock, guard, claim } = makeGuard();
    const order: string[] = [];
    const driver = new SimulatedDriver(board);
    const claimOutput = driver.claimOutput.bind(driver);
    const tell = ({ time, most }: Deadline) => void order.push(`guardian ${time} of ${most}`);
    const watch = { isWatched: true, expect: tell, done: () => void order.push('guardian off') };
    driver.claimOutput = async (offset, level) =>
      Object.assign(await claimOutput(offset, level), { watch });
    board.onChange(({ level }) => void order.push(`pin ${level}`));
    const after = clock.after.bind(clock);
    clock.after = (delay, task) => {
      order.push('timer');
      return after(delay, task);
    };
    guard.open(driver);
    const lamp = await claim('GPIO17', { maxOn: '2s' });
    lamp.turnOn(1_000);
    lamp.turnOff();
    expect(order).toEqual(['guardian 1000 of 2000', 'pin 1', 'timer', 'pin 0', 'guardian off']);
  });

  it('has armed the end of an output before anybody hears that it is on', async () => {
    const { board, clock, events, guard, claim } = makeGuard();
    const lamp = await claim('GPIO17', { maxOn: '2s' });
    guard.onChange = ({ on }) => {
      if (on) lamp.turnOff();
    };
    lamp.turnOn();
    expect(board.level(17)).toBe(0);
    guard.onChange = undefined;
    await clock.advance('1500ms');
    lamp.turnOn();
    await clock.advance('1500ms');
    // The end of the first time on does not come to the second.
    expect(board.level(17)).toBe(1);
    await clock.advance('600ms');
    expect([board.level(17), events.length]).toEqual([0, 4]);
  });

  it('has one owner for each pin, and names both', async () => {
    const { claim } = makeGuard();
    await claim('GPIO17', { plugin: 'gpio', name: 'lamp' });
    await expect(claim('BOARD11', { plugin: 'confetti', name: 'confetti' })).rejects.toMatchObject({
      code: 'GPIO_PIN_BUSY',
      message:
        'Pin "GPIO17" is for "lamp" of the plugin "gpio"; the plugin "confetti" cannot have it.',
      hint: 'Give one of them another pin than GPIO17 (BOARD11).',
    });
  });

  it('gives a pin to the first of two who ask at once', async () => {
    const { claim } = makeGuard();
    const results = await Promise.allSettled([claim(17, { name: 'a' }), claim(17, { name: 'b' })]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('lets a pin be claimed again after its release, and after a failed claim', async () => {
    const { board, claim } = makeGuard();
    board.claim(17, 'somebody else', { level: 0 });
    await expect(claim(17)).rejects.toMatchObject({ code: 'GPIO_PIN_BUSY' });
    board.unclaim(17);
    const output = await claim(17);
    output.release();
    expect((await claim(17)).on).toBe(false);
  });

  it('switches off at release and lets nobody use the output afterwards', async () => {
    const { board, claim } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn();
    lamp.release();
    expect(board.level(17)).toBe(0);
    expect(() => lamp.turnOn()).toThrow('Pin "GPIO17" has been given back.');
  });

  it('tells each change, and only changes', async () => {
    const { events, claim } = makeGuard();
    const lamp = await claim(17, { activeLow: true });
    lamp.turnOn();
    lamp.turnOn();
    lamp.turnOff();
    lamp.turnOff();
    expect(events).toEqual([
      { type: 'pin', data: { gadget: 'lamp', pin: 'GPIO17', level: 0, on: true } },
      { type: 'pin', data: { gadget: 'lamp', pin: 'GPIO17', level: 1, on: false } },
    ]);
  });

  it('makes every output safe at once, and goes on after one that fails', async () => {
    const { guard, board, claim } = makeGuard();
    const broken = await claim(17, { name: 'broken' });
    const lamp = await claim(27, { name: 'lamp' });
    broken.turnOn();
    lamp.turnOn();
    broken.line.release(1);
    guard.makeSafe();
    expect(board.level(27)).toBe(0);
    expect(lamp.on).toBe(false);
  });

  it('refuses everything while it is blocked', async () => {
    const { guard, board, claim } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn();
    const unblock = guard.block(refuse('estop'));
    expect(board.level(17)).toBe(0);
    expect(lamp.turnOn()).toMatchObject({ reason: 'estop' });
    unblock();
    expect(lamp.turnOn()).toBeUndefined();
  });

  it('shows its outputs with what is left of their time', async () => {
    const { guard, clock, claim } = makeGuard();
    const lamp = await claim(17, { kind: 'light', maxOn: '1m' });
    lamp.turnOn();
    await clock.advance('20s');
    expect(guard.outputs).toEqual([
      {
        gadget: 'lamp',
        plugin: 'test',
        kind: 'light',
        pin: 'GPIO17',
        on: true,
        level: 1,
        onTimeLeft: 40_000,
        limits: { maxOn: 60_000, maxTogglesPerSecond: 3, deadTime: 50 },
        dryRun: false,
      },
    ]);
  });

  it('warns of pins that may have another function', async () => {
    const { lines, claim } = makeGuard();
    await claim('GPIO2');
    expect(lines).toMatchObject([
      { level: 'warn', message: '"lamp" uses GPIO2, which may be in use for I2C (SDA).' },
    ]);
  });

  it('leaves the pin alone in dry-run and says what it would do', async () => {
    const { board, lines, events, claim } = makeGuard({ pins: { GPIO17: { mode: 'dry-run' } } });
    const lamp = await claim(17);
    expect(lamp.turnOn()).toBeUndefined();
    expect(board.holder(17)).toBeUndefined();
    expect(board.level(17)).toBe(0);
    expect(lines.map(({ message }) => message)).toEqual(['Dry run: GPIO17 would be at 3.3 V.']);
    expect(events).toMatchObject([{ data: { on: true, dryRun: true } }]);
  });

  it('leaves every pin alone when the whole plugin is in dry-run', async () => {
    const { board, claim } = makeGuard({ mode: 'dry-run' });
    (await claim(17)).turnOn();
    expect(board.history).toEqual([]);
  });

  it('gives back everything when it closes', async () => {
    const { guard, board, claim } = makeGuard();
    (await claim(17)).turnOn();
    await guard.claimInput(22, { plugin: 'test', name: 'button' }, { options: {}, call: () => {} });
    await guard.close();
    expect([board.holder(17), board.holder(22), board.level(17)]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    await expect(async () => guard.driver).rejects.toThrow('The GPIO driver is not open.');
  });

  it('gives a channel of hardware PWM to one of two pins', async () => {
    const { guard } = makeGuard();
    const options = { chip: 'i2c-pca9685', channel: 3 };
    const first = await guard.claimPwm(12, { plugin: 'test', name: 'arm' }, options);
    const owner = { plugin: 'test', name: 'flag' };
    await expect(guard.claimPwm(13, owner, options)).rejects.toMatchObject({
      code: 'GPIO_PIN_BUSY',
      message:
        'Pin "i2c-pca9685/pwm3" is for "arm" of the plugin "test"; "flag" of the plugin "test" cannot have it.',
    });
    await guard.claimPwm(13, owner, { ...options, channel: 4 });
    first.release();
    await guard.claimPwm(18, owner, options);
  });
});
