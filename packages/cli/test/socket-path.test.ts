import { describe, expect, it } from '@jest/globals';
import { fitsSocket, socketName } from '../src/socket-path.js';

describe('socketName', () => {
  it('is abstract on Linux, a pipe on Windows, and a file elsewhere', () => {
    expect(socketName('bot', 'linux', '/tmp')).toBe('\0bot');
    expect(socketName('bot', 'win32', 'C:\\Temp')).toBe('\\\\.\\pipe\\bot');
    expect(socketName('bot', 'darwin', '/var/folders/x/T/')).toBe('/var/folders/x/T/bot.sock');
  });
});

describe('fitsSocket', () => {
  it('counts bytes', () => {
    expect(fitsSocket('a'.repeat(100))).toBe(true);
    expect(fitsSocket('a'.repeat(101))).toBe(false);
    expect(fitsSocket('ä'.repeat(51))).toBe(false);
  });
});
