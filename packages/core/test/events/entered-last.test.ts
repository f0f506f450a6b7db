import { describe, expect, it } from '@jest/globals';
import {
  attributionNow,
  CarriedValue,
  enteredLast,
  runFor,
  runForEach,
} from '../../src/events/attribution.js';

/** What another thread reads. */
function whoEntered(): string {
  const { slot, ids, slotSize } = enteredLast;
  const at = Number(slot[0]) * slotSize;
  return new TextDecoder().decode(ids.slice(at + 1, at + 1 + Number(ids[at])));
}

describe('whose code was entered last', () => {
  it('is nobody’s before any was', () => {
    expect(whoEntered()).toBe('');
  });

  it('can be read by another thread, while it runs and after', () => {
    runFor({ plugin: 'lamp', where: 'start' }, () => expect(whoEntered()).toBe('lamp'));
    const seen: string[] = [];
    const items = ['fan', 'lamp', 'fan'].map((plugin) => ({ attribution: { plugin, where: '' } }));
    runForEach(items, () => seen.push(whoEntered()), undefined);
    expect(seen).toEqual(['fan', 'lamp', 'fan']);
    expect(whoEntered()).toBe('fan');
  });

  it('is told of each of ten thousand plugins, in turns', () => {
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 10_000; index += 1) {
        const plugin = `plugin-${index}`;
        runFor({ plugin, where: 'start' }, () => {});
        if (whoEntered() !== plugin) throw new Error(`${plugin} is told as ${whoEntered()}.`);
      }
    }
  });

  it('is cut, and never another’s, where an id is empty or far too long', () => {
    runFor({ plugin: '', where: 'start' }, () => {});
    expect(whoEntered()).toBe('');
    runFor({ plugin: 'ä'.repeat(500), where: 'start' }, () => {});
    expect(whoEntered()).toBe('ä'.repeat(127));
    runFor({ plugin: 'lamp', where: 'start' }, () => {});
    expect(whoEntered()).toBe('lamp');
  });
});

describe('a carried value', () => {
  it('is there within its work and for what that leaves behind, and nowhere else', async () => {
    const carried = new CarriedValue<string>();
    const seen = (): string => `${carried.get()} of ${attributionNow()?.plugin}`;
    expect(carried.get()).toBeUndefined();
    const late = runFor({ plugin: 'lamp', where: 'start' }, () =>
      carried.run('one', async (value) => {
        const seenAtOnce = seen();
        await new Promise((resolve) => setImmediate(resolve));
        return [value, seenAtOnce, seen(), carried.run('two', () => seen()), seen()];
      }),
    );
    expect(carried.get()).toBeUndefined();
    expect(await late).toEqual(['one', 'one of lamp', 'one of lamp', 'two of lamp', 'one of lamp']);
    expect(attributionNow()).toBeUndefined();
  });

  it('is no other’s, and makes no plugin of work that is nobody’s', () => {
    const [one, other] = [new CarriedValue<number>(), new CarriedValue<number>()];
    one.run(1, () => {
      expect([one.get(), other.get(), attributionNow()?.plugin]).toEqual([1, undefined, '']);
      other.run(2, () => expect([one.get(), other.get()]).toEqual([1, 2]));
      runFor({ plugin: 'fan', where: 'timer' }, () => expect(one.get()).toBeUndefined());
      const inherited = attributionNow() ?? { plugin: '', where: '' };
      runFor({ ...inherited, plugin: 'fan' }, () => expect(one.get()).toBe(1));
    });
  });

  it('goes when its work throws', () => {
    const carried = new CarriedValue<number>();
    const work = () =>
      carried.run(1, () => {
        throw new Error('no');
      });
    expect(work).toThrow('no');
    expect(carried.get()).toBeUndefined();
  });
});
