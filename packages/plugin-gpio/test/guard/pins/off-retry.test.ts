import { describe, expect, it } from '@jest/globals';
import type { LineWatch } from '../../../src/drivers/gpio-driver.js';
import type { OutputOptions } from '../../../src/gpio.js';
import type { GuardedOutput } from '../../../src/guard/pins/guarded-output.js';
import { leftOn } from '../../../src/guard/pins/left-on.js';
import { makeGuard } from '../make-guard.js';

/** Has the kernel refuse the writes of an output from now on; returns what ends that, and how many there were. */
function breakWrites({ line }: GuardedOutput) {
  const write = line.write;
  let refused = 0;
  line.write = () => {
    refused += 1;
    throw new Error('EIO');
  };
  return {
    mend: () => {
      line.write = write;
    },
    refused: () => refused,
  };
}

describe('an output whose pin cannot be switched off', () => {
  it.each([
    ['at off', (lamp: GuardedOutput) => expect(() => lamp.turnOff()).toThrow('EIO')],
    ['when all is made safe', (lamp: GuardedOutput) => lamp.makeSafe()],
    ['when it is given back', (lamp: GuardedOutput) => lamp.release()],
  ])('is tried again %s, until it is off', async (_when, end) => {
    const { board, clock, claim, lines } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn();
    const { mend } = breakWrites(lamp);
    end(lamp);
    expect([board.level(17), lamp.on]).toEqual([1, true]);
    mend();
    await clock.advance('49ms');
    expect(board.level(17)).toBe(1);
    await clock.advance('1ms');
    expect([board.level(17), lamp.on]).toEqual([0, false]);
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'error "lamp" (GPIO17) could not be switched off, and is tried again: EIO',
      'warn "lamp" (GPIO17) is off now, 50 ms late.',
    ]);
  });

  it('is tried again at the end of maxOn', async () => {
    const { board, clock, claim } = makeGuard();
    const lamp = await claim(17, { maxOn: '3s' });
    lamp.turnOn();
    const { mend } = breakWrites(lamp);
    await clock.advance('10s');
    expect(lamp.info).toMatchObject({ on: true, level: 1, fault: 'EIO' });
    mend();
    await clock.advance('5s');
    expect(board.level(17)).toBe(0);
    expect(lamp.info).not.toHaveProperty('fault');
  });

  it('waits twice as long after each try, five seconds at most, and never gives up', async () => {
    const { clock, claim, lines } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn();
    const { refused } = breakWrites(lamp);
    lamp.makeSafe();
    await clock.advance('50ms');
    await clock.advance('100ms');
    await clock.advance('200ms');
    expect(refused()).toBe(4);
    await clock.advance('6h');
    expect(refused()).toBeGreaterThan((6 * 3600) / 5);
    // At once, and each minute that it lasts.
    expect(lines.length).toBeGreaterThan(300);
    expect(lines.length).toBeLessThanOrEqual(362);
  });

  it('keeps trying, whatever off or stop comes meanwhile', async () => {
    const { guard, board, clock, claim } = makeGuard();
    const lamp = await claim(17, { maxOn: '3s' });
    lamp.turnOn();
    const { mend } = breakWrites(lamp);
    await clock.advance('4s');
    expect(() => lamp.turnOff()).toThrow('EIO');
    guard.makeSafe();
    mend();
    await clock.advance('5s');
    expect(board.level(17)).toBe(0);
  });

  it('is not switched on meanwhile', async () => {
    const { clock, claim } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn();
    const { mend } = breakWrites(lamp);
    lamp.makeSafe();
    expect(lamp.turnOn()).toMatchObject({
      reason: 'pin.fault',
      text: 'lamp has a fault: it could not be switched off.',
    });
    mend();
    await clock.advance('10s');
    expect(lamp.turnOn()).toBeUndefined();
  });

  it('keeps those of its interlock off', async () => {
    const { claim } = makeGuard();
    const pump = await claim(5, { name: 'pump', interlock: 'water' });
    const valve = await claim(6, { name: 'valve', interlock: 'water' });
    pump.turnOn();
    breakWrites(pump);
    pump.makeSafe();
    expect(valve.turnOn()).toMatchObject({ reason: 'pin.interlock' });
  });

  it('is made safe when the write that switches on fails, since that may have moved it', async () => {
    const { board, claim } = makeGuard();
    const lamp = await claim(17);
    const { line } = lamp;
    const write = line.write.bind(line);
    line.write = (level) => {
      write(level);
      if (level === 1) throw new Error('EIO');
    };
    expect(() => lamp.turnOn()).toThrow('EIO');
    expect([board.level(17), lamp.on]).toEqual([0, false]);
  });

  it('keeps its pin from others until it is off', async () => {
    const { clock, claim } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn();
    const { mend } = breakWrites(lamp);
    lamp.release();
    expect(() => lamp.turnOff()).toThrow('has been given back');
    await expect(claim(17)).rejects.toMatchObject({ code: 'GPIO_PIN_BUSY' });
    mend();
    await clock.advance('50ms');
    expect((await claim(17)).on).toBe(false);
  });
});

describe('the end of a guard', () => {
  it('waits a moment for an output that goes off late', async () => {
    const { guard, board, clock, claim } = makeGuard();
    const lamp = await claim(17);
    lamp.turnOn();
    const { mend } = breakWrites(lamp);
    const closed = guard.close();
    mend();
    await clock.advance('1s');
    await closed;
    expect(board.level(17)).toBe(0);
    expect(leftOn()).toEqual([]);
  });

  it('says which output it had to leave on, until somebody has the pin again', async () => {
    const { guard, clock, claim } = makeGuard();
    const lamp = await claim(17);
    const horn = await claim(27, { name: 'horn' });
    lamp.turnOn();
    horn.turnOn();
    const { refused } = breakWrites(lamp);
    const closed = guard.close();
    await clock.advance('2s');
    await closed;
    expect(leftOn()).toMatchObject([{ gadget: 'lamp', pin: 'GPIO17', fault: 'EIO' }]);
    const before = refused();
    await clock.advance('1h');
    expect(refused()).toBe(before);
    await makeGuard().claim(17);
    expect(leftOn()).toEqual([]);
  });

  it('gives back every pin though one of them throws', async () => {
    const { guard, board, claim, lines } = makeGuard();
    const broken = await claim(17, { name: 'broken' });
    const lamp = await claim(27);
    lamp.turnOn();
    const release = broken.line.release.bind(broken.line);
    broken.line.release = (safe) => {
      release(safe);
      throw new Error('EBADF, close');
    };
    await guard.close();
    expect(board.level(27)).toBe(0);
    expect(lines.map(({ message }) => message)).toEqual([
      '"broken" (GPIO17) was not given back: EBADF, close',
    ]);
  });
});

describe('an output with a guardian', () => {
  /** A guardian that keeps what it hears. */
  async function claimWatched(options: OutputOptions = {}) {
    const bench = makeGuard();
    const lamp = await bench.claim(17, options);
    const heard: unknown[] = [];
    const watch = {
      isWatched: true,
      expect({ time, most, late }: Parameters<LineWatch['expect']>[0]) {
        heard.push([time, most, bench.board.level(17)]);
        watch.late = late;
      },
      done: () => void heard.push('off'),
      late: () => {},
    };
    Object.assign(lamp.line, { watch });
    return { ...bench, lamp, heard, watch };
  }

  it('tells it when it is off again at the latest, before it is switched on', async () => {
    const { lamp, heard, clock } = await claimWatched({ maxOn: '10s' });
    lamp.turnOn(2_000);
    await clock.advance('1s');
    lamp.turnOn();
    lamp.turnOff();
    expect(heard).toEqual([[2_000, 10_000, 0], [1_000, 10_000, 1], 'off']);
  });

  it('does not say that it is off before it is', async () => {
    const { lamp, heard, clock } = await claimWatched();
    lamp.turnOn();
    const { mend } = breakWrites(lamp);
    lamp.makeSafe();
    expect(heard).not.toContain('off');
    mend();
    await clock.advance('50ms');
    expect(heard).toContain('off');
  });

  it('stays off as long as there is none', async () => {
    const { board, lamp, watch } = await claimWatched();
    watch.isWatched = false;
    expect(lamp.turnOn()).toMatchObject({
      reason: 'pin.unguarded',
      text: 'lamp stays off: its guardian is missing just now.',
    });
    expect(board.level(17)).toBe(0);
    expect(lamp.info).toMatchObject({ unguarded: true });
    watch.isWatched = true;
    expect(lamp.turnOn()).toBeUndefined();
  });

  it('is off when the guardian had to end it', async () => {
    const { lamp, watch } = await claimWatched();
    lamp.turnOn();
    watch.late();
    expect(lamp.on).toBe(false);
  });
});
