import { describe, expect, it } from '@jest/globals';
import { enteredLast, runFor, runForEach } from '../../src/events/attribution.js';

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
