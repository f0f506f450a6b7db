import { describe, expect, it } from '@jest/globals';
import { interruptible, onShutdown } from '../../src/bot-process/shutdown.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const listeners = () => signals.map((signal) => process.listenerCount(signal));

describe('onShutdown', () => {
  it.each(signals)('hears %s, until it is undone', (signal) => {
    const before = listeners();
    const heard: string[] = [];
    const undo = onShutdown((each) => heard.push(each));
    process.emit(signal, signal);
    undo();
    expect(heard).toEqual([signal]);
    expect(listeners()).toEqual(before);
  });
});

describe('interruptible', () => {
  it('tells the work that it is interrupted, and leaves no listener behind', async () => {
    const before = listeners();
    const work = interruptible(async (signal) => {
      process.emit('SIGINT', 'SIGINT');
      signal.throwIfAborted();
    });
    await expect(work).rejects.toMatchObject({ code: 'CLI_INTERRUPTED' });
    expect(listeners()).toEqual(before);
  });

  it('gives what the work gives', async () => {
    expect(await interruptible(async (signal) => signal.aborted)).toBe(false);
  });
});
