import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Edge, GpioDriver, InputLine, Level } from '../../src/drivers/gpio-driver.js';

/** A driver on the bench, with somebody who looks at its pins from outside. */
export interface DriverBench {
  open(): Promise<GpioDriver>;
  /** The level that a meter at the pin would show. */
  level(offset: number): Level;
  /** Holds an input at a level from outside. */
  drive(offset: number, level: Level): void;
  /** Whether the driver can set pull resistors. */
  readonly pulls: boolean;
}

const lamp = 17;
const button = 22;
const open = { pull: 'none', debounce: 0 } as const;

/** What every driver promises; run against each of them. */
export function describeDriver(name: string, bench: DriverBench): void {
  describe(`the ${name} driver`, () => {
    let driver: GpioDriver;

    beforeEach(async () => {
      bench.drive(lamp, 0);
      bench.drive(button, 1);
      driver = await bench.open();
    });

    afterEach(() => driver.close());

    it('says what it found', () => {
      expect(driver.name).toBe(name);
      expect(driver.description).toMatch(/\w/);
    });

    it.each<Level>([0, 1])('claims an output at level %i', async (initial) => {
      const line = await driver.claimOutput(lamp, initial);
      expect(line.offset).toBe(lamp);
      expect(bench.level(lamp)).toBe(initial);
      expect(line.read()).toBe(initial);
    });

    it('has the pin at its level when write returns', async () => {
      const line = await driver.claimOutput(lamp, 0);
      for (const level of [1, 0, 1, 1, 0] as const) {
        line.write(level);
        expect(bench.level(lamp)).toBe(level);
        expect(line.read()).toBe(level);
      }
    });

    it('keeps outputs apart', async () => {
      const lines = [await driver.claimOutput(5, 0), await driver.claimOutput(6, 1)] as const;
      lines[0].write(1);
      lines[1].write(0);
      expect([bench.level(5), bench.level(6)]).toEqual([1, 0]);
    });

    it('refuses a line that is claimed', async () => {
      const line = await driver.claimOutput(lamp, 1);
      const busy = { code: 'GPIO_PIN_BUSY', message: expect.stringContaining('GPIO17') };
      await expect(driver.claimOutput(lamp, 0)).rejects.toMatchObject(busy);
      await expect(driver.claimInput(lamp, open)).rejects.toMatchObject(busy);
      expect(line.read()).toBe(1);
    });

    it('grants a line to the first of two who ask at once', async () => {
      const both = await Promise.allSettled([
        driver.claimOutput(lamp, 0),
        driver.claimOutput(lamp, 1),
      ]);
      expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(bench.level(lamp)).toBe(0);
    });

    it.each([28, -1, 1.5, Number.NaN])('refuses GPIO%d, which no header has', async (offset) => {
      const invalid = { code: 'GPIO_PIN_INVALID' };
      await expect(driver.claimOutput(offset, 0)).rejects.toMatchObject(invalid);
      await expect(driver.claimInput(offset, open)).rejects.toMatchObject(invalid);
    });

    it('gives an output back once, and refuses to use it after that', async () => {
      const line = await driver.claimOutput(lamp, 0);
      line.release(0);
      line.release(1);
      expect(() => line.write(1)).toThrow(expect.objectContaining({ code: 'GPIO_PIN_RELEASED' }));
      expect(() => line.read()).toThrow(expect.objectContaining({ code: 'GPIO_PIN_RELEASED' }));
      expect(bench.level(lamp)).toBe(0);
      const again = await driver.claimInput(lamp, open);
      again.release();
      again.release();
      expect(() => again.read()).toThrow(expect.objectContaining({ code: 'GPIO_PIN_RELEASED' }));
      await expect(driver.claimOutput(lamp, 1)).resolves.toMatchObject({ offset: lamp });
    });

    it('reads an input', async () => {
      const line = await driver.claimInput(button, open);
      expect(line.read()).toBe(1);
      bench.drive(button, 0);
      expect(line.read()).toBe(0);
    });

    it('tells each edge of an input, with its time', async () => {
      const line = await driver.claimInput(button, open);
      const edges = collect(line);
      for (const level of [0, 1, 0] as const) {
        const before = performance.now();
        bench.drive(button, level);
        const edge = await edges.next();
        expect(edge.level).toBe(level);
        expect(edge.at).toBeGreaterThanOrEqual(before - 1);
        expect(edge.at).toBeLessThanOrEqual(performance.now());
      }
    });

    it('tells no edge for the level that an input has when it is claimed', async () => {
      bench.drive(button, 0);
      const edges = collect(await driver.claimInput(button, open));
      bench.drive(button, 1);
      expect(await edges.next()).toMatchObject({ level: 1 });
    });

    it('tells a bouncing contact as one edge', async () => {
      const edges = collect(await driver.claimInput(button, { pull: 'none', debounce: 50 }));
      for (const level of [0, 1, 0, 1, 0] as const) bench.drive(button, level);
      expect(await edges.next()).toMatchObject({ level: 0 });
      bench.drive(button, 1);
      expect(await edges.next()).toMatchObject({ level: 1 });
      expect(edges.all.map(({ level }) => level)).toEqual([0, 1]);
    });

    it('tells nothing of a contact shorter than the debounce', async () => {
      const edges = collect(await driver.claimInput(button, { pull: 'none', debounce: 50 }));
      const other = collect(await driver.claimInput(lamp, { pull: 'none', debounce: 100 }));
      bench.drive(lamp, 1);
      expect(await other.next()).toMatchObject({ level: 1 });
      bench.drive(button, 0);
      bench.drive(button, 1);
      bench.drive(lamp, 0);
      expect(await other.next()).toMatchObject({ level: 0 });
      expect(edges.all).toEqual([]);
    });

    it('tells every listener until it leaves', async () => {
      const line = await driver.claimInput(button, open);
      const first = collect(line);
      const second = collect(line);
      bench.drive(button, 0);
      await Promise.all([first.next(), second.next()]);
      first.leave();
      bench.drive(button, 1);
      await second.next();
      expect(first.all).toHaveLength(1);
      expect(second.all).toHaveLength(2);
    });

    it('listens to many inputs at once', async () => {
      const offsets = [4, 5, 6, 12, 13, 16, 20, 21, 26];
      for (const offset of offsets) bench.drive(offset, 0);
      const inputs = await Promise.all(offsets.map((offset) => driver.claimInput(offset, open)));
      const told = inputs.map((input) => collect(input).next());
      for (const offset of offsets) bench.drive(offset, 1);
      const edges = await Promise.all(told);
      expect(edges.map(({ level }) => level)).toEqual(offsets.map(() => 1));
    });

    if (bench.pulls) {
      it('pulls an open input up or down', async () => {
        const up = await driver.claimInput(23, { pull: 'up', debounce: 0 });
        const down = await driver.claimInput(24, { pull: 'down', debounce: 0 });
        expect([up.read(), down.read()]).toEqual([1, 0]);
      });
    } else {
      it('says how to get a pull that it cannot set', async () => {
        await expect(driver.claimInput(23, { pull: 'up', debounce: 0 })).rejects.toMatchObject({
          code: 'GPIO_UNSUPPORTED',
          hint: expect.stringContaining('gpio=23=ip,pu'),
        });
      });
    }

    it('gives everything back when it closes', async () => {
      const output = await driver.claimOutput(lamp, 0);
      const input = await driver.claimInput(button, open);
      output.write(1);
      await driver.close();
      expect(bench.level(lamp)).toBe(0);
      expect(() => output.write(1)).toThrow(expect.objectContaining({ code: 'GPIO_PIN_RELEASED' }));
      expect(() => input.read()).toThrow(expect.objectContaining({ code: 'GPIO_PIN_RELEASED' }));
      await expect(driver.claimOutput(5, 0)).rejects.toMatchObject({ code: 'GPIO_DRIVER_FAILED' });
      driver = await bench.open();
      await driver.claimOutput(lamp, 0);
      await driver.claimInput(button, open);
    });
  });
}

/** The edges of an input, to be awaited one by one. */
function collect(line: InputLine) {
  const all: Edge[] = [];
  const waiting: ((edge: Edge) => void)[] = [];
  let taken = 0;
  const leave = line.onEdge((edge) => {
    all.push(edge);
    const resolve = waiting.shift();
    if (resolve) {
      taken += 1;
      resolve(edge);
    }
  });
  const next = () =>
    new Promise<Edge>((resolve) => {
      const edge = all[taken];
      if (edge === undefined) waiting.push(resolve);
      else {
        taken += 1;
        resolve(edge);
      }
    });
  return { all, next, leave };
}
