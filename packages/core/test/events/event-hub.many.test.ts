import { describe, expect, it } from '@jest/globals';
import { attributionNow } from '../../src/events/attribution.js';
import { EventHub } from '../../src/events/event-hub.js';
import { makeMessage, makeUser } from '../../src/testing/fake-chat.js';

function rig() {
  const faults: (readonly [string, string, string | undefined, unknown])[] = [];
  const hub = new EventHub(({ plugin, where, viewer }, error) =>
    faults.push([plugin, where, viewer, error]),
  );
  return { hub, faults };
}

const raid = { channel: 'test', user: makeUser({ as: 'Alice' }), viewers: 3 };

describe('many listeners', () => {
  it('of ten thousand are each told once, in order, and all go', () => {
    const { hub } = rig();
    const heard: number[] = [];
    const undos = Array.from({ length: 10_000 }, (_, index) =>
      hub.on('raid', () => heard.push(index), `p${index % 10}`),
    );
    hub.emit('raid', raid);
    expect(heard).toEqual([...heard.keys()]);
    expect(heard).toHaveLength(10_000);
    for (const undo of undos) undo();
    hub.emit('raid', raid);
    expect([heard.length, hub.has('raid'), hub.pluginsThatHear('raid')]).toEqual([
      10_000,
      false,
      [],
    ]);
  });

  it('that all throw are all told of, and stop neither each other nor who emits', () => {
    const { hub, faults } = rig();
    for (let count = 0; count < 100; count++) {
      hub.on(
        'raid',
        () => {
          throw new Error(`no ${count}`);
        },
        'bad',
      );
    }
    expect(() => hub.emit('raid', raid)).not.toThrow();
    expect(faults).toHaveLength(100);
    expect(faults[0]).toEqual(['bad', 'listener raid', 'id-alice', new Error('no 0')]);
  });

  it('may be the same function twice, which each undo takes back once', () => {
    const { hub } = rig();
    let count = 0;
    const listener = () => {
      count += 1;
    };
    const undo = hub.on('raid', listener, 'a');
    hub.on('raid', listener, 'a');
    undo();
    undo();
    hub.emit('raid', raid);
    expect(count).toBe(1);
  });
});

describe('a listener that takes its time', () => {
  it('is blamed for what it rejects with, with the viewer where one is told of', async () => {
    const { hub, faults } = rig();
    hub.on('message', async () => Promise.reject(new Error('late')), 'slow');
    hub.on('streamOffline', async () => Promise.reject('text'), 'slow');
    hub.emit('message', makeMessage('hi', { as: 'Bob' }));
    hub.emit('streamOffline', { channel: 'test' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(faults).toEqual([
      ['slow', 'listener message', 'id-bob', new Error('late')],
      ['slow', 'listener streamOffline', undefined, 'text'],
    ]);
  });

  it('runs on as its plugin behind each wait', async () => {
    const { hub } = rig();
    const seen: (string | undefined)[] = [];
    hub.on(
      'raid',
      async () => {
        await Promise.resolve();
        seen.push(attributionNow()?.plugin);
      },
      'patient',
    );
    hub.emit('raid', raid);
    await new Promise((resolve) => setImmediate(resolve));
    expect([seen, attributionNow()]).toEqual([['patient'], undefined]);
  });
});

describe('who looks on', () => {
  it('is told of every event by a tap, before all listeners, and counts for none', () => {
    const { hub } = rig();
    const heard: string[] = [];
    hub.on('raid', () => heard.push('listener'));
    hub.tap((event) => heard.push(`tap ${event}`));
    expect([hub.has('estop'), hub.isHeard('estop')]).toEqual([false, true]);
    hub.emit('raid', raid);
    hub.emit('estop', { engaged: false });
    expect(heard).toEqual(['tap raid', 'listener', 'tap estop']);
  });

  it('knows what each plugin hears, each event once', () => {
    const { hub } = rig();
    hub.on('raid', () => {}, 'a');
    hub.on('raid', () => {}, 'a');
    const undo = hub.on('cheer', () => {}, 'a');
    hub.on('raid', () => {}, 'b');
    hub.on('estop', () => {});
    expect([hub.heardBy('a'), hub.heardBy('b'), hub.heardBy('c')]).toEqual([
      ['raid', 'cheer'],
      ['raid'],
      [],
    ]);
    expect(hub.pluginsThatHear('raid')).toEqual(['a', 'b']);
    undo();
    expect(hub.heardBy('a')).toEqual(['raid']);
  });

  it('may throw when plugins begin to listen, and the others are told all the same', () => {
    const { hub, faults } = rig();
    const heard: string[] = [];
    hub.onHeard(() => {
      throw new Error('deaf');
    });
    const off = hub.onHeard((event) => heard.push(event));
    hub.on('raid', () => {}, 'a')();
    off();
    hub.on('cheer', () => {}, 'a');
    expect(heard).toEqual(['raid', 'raid']);
    expect(faults).toHaveLength(3);
  });
});
