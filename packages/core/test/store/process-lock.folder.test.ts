import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePrivateFolder } from '../../src/store/process-lock.js';

let place = '';
beforeEach(() => {
  place = mkdtempSync(path.join(realpathSync(tmpdir()), 'private-'));
});
afterEach(() => rm(place, { recursive: true, maxRetries: 9 }));

const modeOf = (folder: string) => statSync(folder).mode & 0o777;

describe('makePrivateFolder', () => {
  it('makes a folder its owner’s alone, whatever the umask', () => {
    const old = process.umask(0);
    makePrivateFolder(path.join(place, 'a/b'));
    process.umask(old);
    expect(modeOf(path.join(place, 'a/b'))).toBe(0o700);
    expect(modeOf(path.join(place, 'a'))).toBe(0o700);
  });

  it.each([0o777, 0o755, 0o770])('closes one of mode %o', (mode) => {
    const folder = path.join(place, 'state');
    mkdirSync(folder);
    chmodSync(folder, mode);
    makePrivateFolder(folder);
    makePrivateFolder(folder);
    expect(modeOf(folder)).toBe(0o700);
  });

  it('leaves one read-only that its owner made so', () => {
    const folder = path.join(place, 'state');
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    makePrivateFolder(folder);
    expect(modeOf(folder)).toBe(0o500);
  });

  if (process.getuid?.() === 0) {
    it('is refused to root where a stranger made it', () => {
      const folder = path.join(place, 'state');
      mkdirSync(folder);
      chownSync(folder, 65_534, 65_534);
      expect(() => makePrivateFolder(folder)).toThrow('belongs to another user');
    });

    it('gives what root makes to the owner of the folder around it', () => {
      chownSync(place, 1_234, 1_234);
      makePrivateFolder(path.join(place, '.pertybot/dev'));
      for (const name of ['.pertybot', '.pertybot/dev']) {
        expect(statSync(path.join(place, name))).toMatchObject({ uid: 1_234, gid: 1_234 });
      }
    });
  }
});
