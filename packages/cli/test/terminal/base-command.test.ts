import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { withProgress } from '../../src/terminal/base-command.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe('withProgress', () => {
  it('says what takes longer than a second, and wipes it away', async () => {
    const terminal = stream(true);
    let resolve: (answer: string) => void = () => {};
    const answer = new Promise<string>((fulfil) => {
      resolve = fulfil;
    });
    const done = withProgress('Asking', () => answer, terminal);
    jest.advanceTimersByTime(999);
    expect(terminal.written).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(terminal.written).toEqual(['Asking …']);
    resolve('answer');
    expect(await done).toBe('answer');
    expect(terminal.written).toEqual(['Asking …', '\r\u001b[K']);
  });

  it('says nothing where it is quick, or nobody watches', async () => {
    const terminal = stream(true);
    await withProgress('Asking', async () => undefined, terminal);
    const pipe = stream(false);
    const slow = withProgress(
      'Asking',
      () => new Promise((resolve) => setTimeout(resolve, 5_000)),
      pipe,
    );
    jest.advanceTimersByTime(5_000);
    await slow;
    expect([...terminal.written, ...pipe.written]).toEqual([]);
  });
});
