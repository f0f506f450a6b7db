import { describe, expect, it } from '@jest/globals';
import { EventHub } from '../src/event-hub.js';

interface Events {
  count: number;
  word: string;
}

describe('EventHub', () => {
  it('tells listeners of their own event until they leave', () => {
    const hub = new EventHub<Events>();
    const counts: number[] = [];
    const undo = hub.on('count', (count) => counts.push(count));
    hub.emit('count', 1);
    hub.emit('word', 'x');
    undo();
    hub.emit('count', 2);
    expect(counts).toEqual([1]);
  });

  it('lets a listener leave while it is told', () => {
    const hub = new EventHub<Events>();
    const heard: string[] = [];
    const undo = hub.on('word', () => {
      heard.push('first');
      undo();
    });
    hub.on('word', () => heard.push('second'));
    hub.emit('word', 'x');
    hub.emit('word', 'y');
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  it('waits for the first event that is accepted', async () => {
    const hub = new EventHub<Events>();
    const awaited = hub.waitFor('count', (count) => count > 1);
    hub.emit('count', 1);
    hub.emit('count', 2);
    hub.emit('count', 3);
    expect(await awaited).toBe(2);
  });

  it('does not take an event of the past for one to come', async () => {
    const hub = new EventHub<Events>();
    hub.emit('count', 1);
    await expect(hub.waitFor('count', undefined, 10)).rejects.toMatchObject({
      code: 'SIMULATOR_WAIT_TIMEOUT',
      message: 'Waited 10 ms for "count" in vain.',
    });
  });

  it('waits until a condition holds, which may be at once', async () => {
    const hub = new EventHub<Events>();
    let ready = false;
    const awaited = hub.until(() => ready);
    hub.emit('word', 'not yet');
    ready = true;
    hub.emit('word', 'now');
    await awaited;
    await hub.until(() => ready, 0);
    expect(ready).toBe(true);
  });
});
