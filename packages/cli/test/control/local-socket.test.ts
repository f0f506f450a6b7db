import { describe, expect, it } from '@jest/globals';
import { fitsSocket, pipeName } from '../../src/control/local-socket.js';

describe('pipeName', () => {
  it('is that of a named pipe of Windows', () => {
    expect(pipeName('bot')).toBe('\\\\.\\pipe\\bot');
  });
});

describe('fitsSocket', () => {
  it('counts bytes', () => {
    expect(fitsSocket('a'.repeat(100))).toBe(true);
    expect(fitsSocket('a'.repeat(101))).toBe(false);
    expect(fitsSocket('ä'.repeat(51))).toBe(false);
  });
});
