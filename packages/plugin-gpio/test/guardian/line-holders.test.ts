import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { findLineHolders } from '../../src/guardian/line-holders.js';

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(path.join(tmpdir(), 'proc-'));
});
afterEach(() => rm(proc, { recursive: true, maxRetries: 9 }));

function open(pid: string, fd: string, target: string, info: string): void {
  for (const name of ['fd', 'fdinfo']) mkdirSync(path.join(proc, pid, name), { recursive: true });
  symlinkSync(target, path.join(proc, pid, 'fd', fd));
  writeFileSync(path.join(proc, pid, 'fdinfo', fd), info);
}

const line = (chip: string, offset: number) =>
  `pos:\t0\nflags:\t02\ngpio-chip:\t${chip}\ngpio-line:\t${offset}\n`;

it('finds every process that has the line, and no other line, chip or file', () => {
  open('12', '7', 'anon_inode:gpio-line', line('gpiochip0', 17));
  open('12', '8', 'anon_inode:gpio-line', line('gpiochip0', 1));
  open('13', '3', 'anon_inode:gpio-line', line('gpiochip0', 17));
  open('14', '3', 'anon_inode:gpio-line', line('gpiochip4', 17));
  open('15', '3', '/srv/file', line('gpiochip0', 17));
  open('self', '7', 'anon_inode:gpio-line', line('gpiochip0', 17));
  open('16', '3', 'anon_inode:gpio-line', `${line('gpiochip0', 17)}gpio-line:\t18\n`);
  mkdirSync(path.join(proc, '17'));
  expect(findLineHolders('gpiochip0', 17, proc)).toEqual([
    { pid: 12, fd: 7 },
    { pid: 13, fd: 3 },
  ]);
  expect(findLineHolders('gpiochip0', 5, proc)).toEqual([]);
});
