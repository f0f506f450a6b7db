import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  readTakeoverNotes,
  removeTakeoverNotes,
  takeoverNotePrefix,
} from '../../src/store/takeover-notes.js';

describe('the notes of guardians', () => {
  let folder: string;
  const write = (pid: number, text: string) =>
    writeFileSync(`${takeoverNotePrefix(folder)}${pid}`, text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

  it('are read', () => {
    write(7, 'takeover ab-12 10.5 20\nGPIO17 safe -\nACT unsafe 12.25\nend\n');
    expect(readTakeoverNotes(folder)).toEqual([
      {
        boot: 'ab-12',
        began: 10.5,
        ended: 20,
        outputs: [
          { name: 'GPIO17', safe: true, lastOn: undefined },
          { name: 'ACT', safe: false, lastOn: 12.25 },
        ],
      },
    ]);
  });

  it('are left out when they are torn, empty or something else', () => {
    write(1, '');
    write(2, 'takeover ab 1 2\nGPIO17 safe -\n');
    write(3, 'takeover ab 1 2\nGPIO17 maybe -\nend\n');
    write(4, 'takeover ab soon 2\nend\n');
    writeFileSync(join(folder, 'takeover-notes'), 'takeover ab 1 2\nend\n');
    expect(readTakeoverNotes(folder)).toEqual([]);
  });

  it('are none where there is no folder', () => {
    expect(readTakeoverNotes(join(folder, 'none'))).toEqual([]);
    expect(() => removeTakeoverNotes(join(folder, 'none'))).not.toThrow();
  });

  it('stay few where nobody reads them', () => {
    for (let pid = 1; pid <= 9; pid += 1) {
      write(pid, '');
      utimesSync(`${takeoverNotePrefix(folder)}${pid}`, pid, pid);
    }
    removeTakeoverNotes(folder, 3);
    expect(readdirSync(folder)).toEqual(['takeover-7', 'takeover-8', 'takeover-9']);
    removeTakeoverNotes(folder, 3);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('are removed, and nothing else is', () => {
    write(1, 'takeover ab 1 2\nend\n');
    writeFileSync(join(folder, 'takeover-x'), '');
    removeTakeoverNotes(folder);
    expect(readdirSync(folder)).toEqual(['takeover-x']);
  });
});
