import { closeSync, fstatSync, openSync } from 'node:fs';
import { constants as os } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { ChardevInput, ChardevOutput } from '../../src/drivers/chardev-line.js';
import { LinePoller } from '../../src/drivers/line-poller.js';
import { loadSystemCalls } from '../../src/drivers/system-calls.js';

describe('a line of the character device that fails', () => {
  it('leaves no file open when it cannot be read at its claim', async () => {
    const calls = { ...(await loadSystemCalls()), ioctl: () => os.errno.EIO };
    const poller = new LinePoller(calls);
    const fd = openSync('/dev/null', 'r');
    const forgotten: number[] = [];
    const claim = () =>
      new ChardevInput(calls, { offset: 17, fd }, poller, () => forgotten.push(17));
    expect(claim).toThrow('The kernel could not read pin "GPIO17" (EIO).');
    expect(() => fstatSync(fd)).toThrow('EBADF');
    expect(forgotten).toEqual([17]);
    await poller.close();
  });

  it('is given back without a word when its file has gone', async () => {
    const calls = { ...(await loadSystemCalls()), ioctl: () => os.errno.EBADF };
    const fd = openSync('/dev/null', 'r');
    closeSync(fd);
    const line = new ChardevOutput(calls, { offset: 17, fd, chip: '/dev/gpiochip0' }, () => {});
    expect(() => line.release(0)).not.toThrow();
  });
});
