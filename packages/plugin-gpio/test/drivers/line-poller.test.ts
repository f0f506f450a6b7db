import { closeSync, readSync, writeSync } from 'node:fs';
import { constants as os } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LinePoller } from '../../src/drivers/line-poller.js';
import { loadSystemCalls, type SystemCalls } from '../../src/drivers/system-calls.js';

describe('one poll for all lines', () => {
  let calls: SystemCalls;
  let poller: LinePoller;

  beforeEach(async () => {
    calls = await loadSystemCalls();
    poller = new LinePoller(calls);
  });

  afterEach(() => poller.close());

  /** Adds an eventfd, which is as good as a line to poll(2); each number written can be awaited. */
  function listen() {
    const fd = calls.eventfd();
    const waiting: ((value: bigint) => void)[] = [];
    const bytes = Buffer.alloc(8);
    poller.add(fd, () => {
      readSync(fd, bytes);
      waiting.shift()?.(bytes.readBigUInt64LE());
    });
    const next = () => new Promise<bigint>((resolve) => waiting.push(resolve));
    const write = (value: bigint) => void writeSync(fd, toBytes(value));
    return { fd, next, write };
  }

  it('tells each line of its own events, also one that is added later', async () => {
    const first = listen();
    const one = first.next();
    first.write(1n);
    expect(await one).toBe(1n);
    const second = listen();
    const both = Promise.all([first.next(), second.next()]);
    second.write(2n);
    first.write(3n);
    expect(await both).toEqual([3n, 2n]);
  });

  it('lets go of a removed line at once, not at the end of its wait', async () => {
    const line = listen();
    const other = listen();
    const told = other.next();
    other.write(1n);
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
    left.write(1n);
    expect(await told).toBe(1n);
  });

  it('goes on when a line cannot be read, and tells it again', async () => {
    const fd = calls.eventfd();
    const bytes = Buffer.alloc(8);
    let tries = 0;
    const read = new Promise<void>((resolve) => {
      poller.add(fd, () => {
        tries += 1;
        if (tries === 1) throw new Error('EIO');
        readSync(fd, bytes);
        resolve();
      });
    });
    const other = listen();
    const told = other.next();
    other.write(7n);
    writeSync(fd, toBytes(1n));
    expect(await told).toBe(7n);
    await read;
    expect(tries).toBe(2);
    closeSync(fd);
  });

  it('goes on when the kernel fails the wait itself', async () => {
    let failures = 3;
    const failing: SystemCalls = {
      ...calls,
      poll: async (...words) => {
        failures -= 1;
        if (failures === 2) throw new Error('ENOMEM');
        return failures > 0 ? -1 : calls.poll(...words);
      },
    };
    const own = new LinePoller(failing);
    const fd = calls.eventfd();
    writeSync(fd, toBytes(1n));
    await new Promise<void>((resolve) => own.add(fd, resolve));
    own.remove(fd);
    await own.close();
    closeSync(fd);
  });
});

function toBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

it('gives the errno of a call that failed', async () => {
  const calls = await loadSystemCalls();
  expect(calls.ioctl(-1, 0, Buffer.alloc(8))).toBe(os.errno.EBADF);
});
