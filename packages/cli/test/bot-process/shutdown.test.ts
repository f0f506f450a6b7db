import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type LogLine, MemoryLogger } from '@pertybot/core/testing';
import {
  interruptible,
  onShutdown,
  saySafe,
  unlessAborted,
} from '../../src/bot-process/shutdown.js';

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

describe('unlessAborted', () => {
  it('gives what the work gives, and leaves nothing at the signal', async () => {
    const { signal } = new AbortController();
    for (let count = 0; count < 100; count += 1) {
      expect(await unlessAborted(Promise.resolve(count), signal)).toBe(count);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('waits no longer for work that never ends', async () => {
    const ending = new AbortController();
    const waiting = unlessAborted(new Promise(() => {}), ending.signal);
    ending.abort();
    expect(await waiting).toBeUndefined();
  });

  it('does not begin to wait after the end', async () => {
    expect(await unlessAborted(Promise.resolve('late'), AbortSignal.abort())).toBeUndefined();
  });

  it('fails as the work fails', async () => {
    const { signal } = new AbortController();
    const work = Promise.reject(new TypeError('no'));
    await expect(unlessAborted(work, signal)).rejects.toThrow('no');
  });
});

describe('saySafe', () => {
  const { exitCode } = process;

  afterEach(() => {
    process.exitCode = exitCode;
  });

  it('says that every pin is off, and ends well', () => {
    const lines: LogLine[] = [];
    saySafe([], new MemoryLogger(lines));
    expect(lines.map(({ message }) => message)).toEqual(['Stopped; every pin is off.']);
    expect(process.exitCode).toBe(exitCode);
  });

  it('names each output that may be on, and ends with 1', () => {
    const lines: LogLine[] = [];
    saySafe(['GPIO17 may be on.', 'GPIO27 may be on.'], new MemoryLogger(lines));
    const code = process.exitCode;
    process.exitCode = exitCode;
    expect(lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'error: GPIO17 may be on.',
      'error: GPIO27 may be on.',
      expect.stringContaining('an output may be on'),
    ]);
    expect(code).toBe(1);
  });
});
