import { describe, expect, it } from '@jest/globals';
import { forPlugin } from '../../src/contracts/consumer.js';
import type { GadgetSource, SharedGadget } from '../../src/contracts/shared-gadgets.js';
import { isGadgetElsewhere, withGadgetsElsewhere } from '../../src/host/gadgets-elsewhere.js';
import { SharedGadgetList } from '../../src/host/shared-gadget-list.js';
import { MemoryLogger } from '../../src/testing/memory.js';

/** A source of gadgets that have nothing but names. */
function sourceOf(...names: readonly string[]): GadgetSource {
  const list = names.map((name) => ({ name }) as SharedGadget);
  return { list, outputs: [], find: (name) => list.find((each) => each.name === name) };
}

/** A plugin that uses the list, with what is undone when it stops. */
function consumer(id: string) {
  const undos: (() => unknown)[] = [];
  const ran: string[] = [];
  return {
    ran,
    stop: () => {
      for (const undo of [...undos].reverse()) undo();
    },
    consumer: {
      id,
      log: new MemoryLogger(),
      signal: new AbortController().signal,
      onStop: (undo: () => unknown) => void undos.push(undo),
      run: (where: string, task: () => unknown) => {
        ran.push(where);
        task();
      },
    },
  };
}

const namesOf = (list: SharedGadgetList) => list.list.map(({ name }) => name);

describe('the gadgets that plugins share', () => {
  it('are none at first', () => {
    const all = new SharedGadgetList();
    expect([namesOf(all), all.outputs, all.find('lamp')]).toEqual([[], [], undefined]);
  });

  it('are those of all sources, in the order in which they came; of two names the first is found', () => {
    const all = new SharedGadgetList();
    const first = sourceOf('lamp', 'horn');
    all.share(first);
    all.share(sourceOf('lamp', 'strip'));
    expect(namesOf(all)).toEqual(['lamp', 'horn', 'lamp', 'strip']);
    expect(all.find('lamp')).toBe(first.list[0]);
    expect(all.find('strip')?.name).toBe('strip');
    expect(all.find('constructor')).toBeUndefined();
  });

  it('go with their source, which may be shared twice and then goes twice', () => {
    const all = new SharedGadgetList();
    const source = sourceOf('lamp');
    const undo = all.share(source);
    all.share(source);
    undo();
    undo();
    expect(namesOf(all)).toEqual(['lamp']);
  });

  it('tell each listener of what comes, goes or changes, once', () => {
    const all = new SharedGadgetList();
    const heard: string[] = [];
    const off = all.onChange(() => heard.push('a'));
    const undo = all.share(sourceOf('lamp'));
    all.changed();
    undo();
    undo();
    expect(heard).toHaveLength(3);
    off();
    all.changed();
    expect(heard).toHaveLength(3);
  });

  it('tell a listener also while others go, and one that was added twice twice', () => {
    const all = new SharedGadgetList();
    let count = 0;
    const listener = () => {
      count += 1;
    };
    const off = all.onChange(listener);
    all.onChange(listener);
    all.onChange(() => off());
    all.changed();
    all.changed();
    expect(count).toBe(3);
  });

  it('lose what a plugin shared when that stops, and its listeners', () => {
    const all = new SharedGadgetList();
    const plugin = consumer('gpio');
    const own = all[forPlugin](plugin.consumer);
    let heard = 0;
    own.share(sourceOf('lamp'));
    own.onChange(() => {
      heard += 1;
    });
    own.changed();
    expect([own.list.length, own.outputs, own.find('lamp')?.name, heard]).toEqual([
      1,
      [],
      'lamp',
      1,
    ]);
    expect(plugin.ran).toEqual(['listener of gadgets']);
    plugin.stop();
    all.changed();
    expect([namesOf(all), heard]).toEqual([[], 1]);
  });

  it('are seen by one plugin as the others share them', () => {
    const all = new SharedGadgetList();
    const own = all[forPlugin](consumer('page').consumer);
    const undo = own.share(sourceOf('lamp'));
    all.share(sourceOf('horn'));
    expect(own.list.map(({ name }) => name)).toEqual(['lamp', 'horn']);
    undo();
    expect(own.list.map(({ name }) => name)).toEqual(['horn']);
  });
});

describe('isGadgetElsewhere', () => {
  it('is asked while a config is checked, and of nobody otherwise', () => {
    expect(isGadgetElsewhere('lamp')).toBe(false);
    const seen = withGadgetsElsewhere(
      (name) => name === 'lamp',
      () => [isGadgetElsewhere('lamp'), isGadgetElsewhere('horn')],
    );
    expect(seen).toEqual([true, false]);
    expect(isGadgetElsewhere('lamp')).toBe(false);
  });

  it('holds for checks that take their time, side by side', async () => {
    const ask = (known: string) =>
      withGadgetsElsewhere(
        (name) => name === known,
        async () => {
          await Promise.resolve();
          return [isGadgetElsewhere('a'), isGadgetElsewhere('b')];
        },
      );
    expect(await Promise.all([ask('a'), ask('b')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});
