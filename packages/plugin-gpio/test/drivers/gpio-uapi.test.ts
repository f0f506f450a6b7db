import { describe, expect, it } from '@jest/globals';
import {
  gpioIoctl,
  newChipInfo,
  newInputRequest,
  newLineInfo,
  newLineValues,
  newOutputRequest,
  toChipInfo,
  toConsumer,
  toLineEvents,
  toLineFd,
} from '../../src/drivers/gpio-uapi.js';

/** An ioctl's number holds the size of its struct in the bits 16 to 29 (asm-generic/ioctl.h). */
const sizeIn = (request: number) => (request >>> 16) & 0x3fff;

describe('the structs of the kernel', () => {
  it('have the sizes that the numbers of their ioctls say', () => {
    expect(newChipInfo()).toHaveLength(sizeIn(gpioIoctl.chipInfo));
    expect(newLineInfo(0)).toHaveLength(sizeIn(gpioIoctl.lineInfo));
    expect(newOutputRequest(0, '', 0)).toHaveLength(sizeIn(gpioIoctl.requestLine));
    expect(newLineValues()).toHaveLength(sizeIn(gpioIoctl.getValues));
    expect(newLineValues()).toHaveLength(sizeIn(gpioIoctl.setValues));
  });

  it('ask for an output and its first level at once', () => {
    const request = newOutputRequest(17, 'pertybot', 1);
    expect(request.readUInt32LE(0)).toBe(17);
    expect(request.toString('utf8', 256, 264)).toBe('pertybot');
    expect(request.readBigUInt64LE(288)).toBe(0b1000n);
    expect([request.readUInt32LE(296), request.readUInt32LE(320)]).toEqual([1, 2]);
    expect([request.readBigUInt64LE(328), request.readBigUInt64LE(336)]).toEqual([1n, 1n]);
    expect(request.readUInt32LE(560)).toBe(1);
  });

  it('ask for an input with a pull, both edges and a debounce', () => {
    const request = newInputRequest(22, 'pertybot', { pull: 'up', debounce: 20 });
    expect(request.readBigUInt64LE(288)).toBe(0b1_0011_0100n);
    expect([request.readUInt32LE(296), request.readUInt32LE(320)]).toEqual([1, 3]);
    expect(request.readUInt32LE(328)).toBe(20_000);
  });

  it('ask for no debounce where there is none', () => {
    const request = newInputRequest(22, 'pertybot', { pull: 'none', debounce: 0 });
    expect(request.readUInt32LE(296)).toBe(0);
  });

  it('keep the consumer within its field', () => {
    const request = newOutputRequest(17, 'x'.repeat(40), 0);
    expect(request.toString('utf8', 256, 288)).toBe(`${'x'.repeat(31)}\0`);
  });

  it('tell the chip, the user of a line and its file descriptor', () => {
    const chip = newChipInfo();
    chip.write('gpiochip0', 0);
    chip.write('pinctrl-rp1', 32);
    chip.writeUInt32LE(54, 64);
    expect(toChipInfo(chip)).toEqual({ name: 'gpiochip0', label: 'pinctrl-rp1', lines: 54 });
    const line = newLineInfo(17);
    line.write('spi0', 32);
    expect(toConsumer(line)).toBe('spi0');
    const request = newOutputRequest(17, '', 0);
    request.writeInt32LE(23, 588);
    expect(toLineFd(request)).toBe(23);
  });

  it('tell the edges in what was read, and drop half a struct', () => {
    const bytes = Buffer.alloc(48 * 2 + 8);
    bytes.writeBigUInt64LE(1_000n, 0);
    bytes.writeUInt32LE(1, 8);
    bytes.writeBigUInt64LE(2_000n, 48);
    bytes.writeUInt32LE(2, 56);
    expect(toLineEvents(bytes)).toEqual([
      { level: 1, timestamp: 1_000n },
      { level: 0, timestamp: 2_000n },
    ]);
  });
});
