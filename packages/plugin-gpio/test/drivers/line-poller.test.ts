import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, writeSync } from 'node:fs';
import { constants as os, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LinePoller } from '../../src/drivers/line-poller.js';
import { loadSystemCalls, type SystemCalls } from '../../src/drivers/system-calls.js';

/** A named pipe, open at both ends: to poll(2) it is as good as a line. */
function openPipe(): number {
  const path = join(mkdtempSync(join(tmpdir(), 'pertybot-')), 'pipe');
  execFileSync('mkfifo', [path]);
  return openSync(path, constants.O_RDWR);
}

describe('one poll for all lines', () => {
  let calls: SystemCalls;
  let poller: LinePoller;

  beforeEach(async () => {
    calls = await loadSystemCalls();
    poller = new LinePoller(calls);
  });

  afterEach(() => poller.close());

  /** Adds a pipe; each text that is written to it can be awaited. */
  function listen() {
    const fd = openPipe();
    const waiting: ((text: string) => void)[] = [];
    poller.add(fd, () => {
      const bytes = Buffer.alloc(64);
      waiting.shift()?.(bytes.toString('utf8', 0, readSync(fd, bytes)));
    });
    const next = () => new Promise<string>((resolve) => waiting.push(resolve));
    return { fd, next };
  }

  it('tells each line of its own bytes, also one that is added later', async () => {
    const first = listen();
    const one = first.next();
    writeSync(first.fd, 'one');
    expect(await one).toBe('one');
    const second = listen();
    const both = Promise.all([first.next(), second.next()]);
    writeSync(second.fd, 'two');
    writeSync(first.fd, 'three');
    expect(await both).toEqual(['three', 'two']);
  });

  it('lets go of a removed line at once, not at the end of its wait', async () => {
    const line = listen();
    const other = listen();
    const told = other.next();
    writeSync(other.fd, 'x');
    await told;
    poller.remove(line.fd);
    const start = performance.now();
    await poller.settled();
    expect(performance.now() - start).toBeLessThan(400);
    closeSync(line.fd);
  });

  it('goes on when a line has gone', async () => {
    const lost = listen();
    const left = listen();
    closeSync(lost.fd);
    const told = left.next();
    writeSync(left.fd, 'still here');
    expect(await told).toBe('still here');
  });
});

it('gives the errno of a call that failed', async () => {
  const calls = await loadSystemCalls();
  expect(calls.ioctl(-1, 0, Buffer.alloc(8))).toBe(os.errno.EBADF);
});
