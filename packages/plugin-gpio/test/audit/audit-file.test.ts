import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryLogger } from '@pertybot/core/testing';
import { AuditFile } from '../../src/audit/audit-file.js';
import { readPinAudit } from '../../src/audit/read-audit.js';

let folder: string;
const place = (name: string) => path.join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-'));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 9 }));

const make = (limit?: number, log = new MemoryLogger()) =>
  new AuditFile(place('pins.log'), place('pins.1.log'), log, limit);

describe('AuditFile', () => {
  it('writes nothing in the turn of whoever writes, and all that came in few writes', async () => {
    const file = make();
    for (let count = 0; count < 1_000; count += 1) file.write(`{"line":${count}}`);
    await expect(stat(place('pins.log'))).rejects.toMatchObject({ code: 'ENOENT' });
    await file.flush();
    const lines = (await readFile(place('pins.log'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1_000);
    expect(lines.at(-1)).toBe('{"line":999}');
  });

  it('keeps two files of a bounded size', async () => {
    const file = make(1_000);
    for (let count = 0; count < 500; count += 1) {
      file.write('x'.repeat(100));
      await file.flush();
    }
    expect((await stat(place('pins.log'))).size).toBeLessThanOrEqual(1_000);
    expect((await stat(place('pins.1.log'))).size).toBeLessThanOrEqual(1_000);
  });

  it('holds no more than a bounded number of lines for a disk that does not answer', async () => {
    const file = make();
    for (let count = 0; count < 100_000; count += 1) file.write(String(count));
    file.flushNow();
    const lines = (await readFile(place('pins.log'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(2_000);
    expect(lines.at(-1)).toBe('99999');
  });

  it('says once that the disk takes nothing, and goes on when it does again', async () => {
    const log = new MemoryLogger();
    const file = make(undefined, log);
    await mkdir(place('pins.log'));
    for (const line of ['1', '2', '3']) {
      file.write(line);
      await file.flush();
    }
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
    await rm(place('pins.log'), { recursive: true, maxRetries: 9 });
    file.write('4');
    await file.flush();
    expect((await readFile(place('pins.log'), 'utf8')).trim()).toBe('4');
  });

  it('writes what comes at the very end at once', async () => {
    const file = make();
    file.write('1');
    file.flushNow();
    file.write('2');
    expect((await readFile(place('pins.log'), 'utf8')).split('\n').filter(Boolean)).toEqual([
      '1',
      '2',
    ]);
  });

  it('lets an older file go that is more than 30 days old', async () => {
    await writeFile(place('pins.1.log'), '1\n');
    const old = new Date(Date.now() - 31 * 24 * 3_600_000);
    await utimes(place('pins.1.log'), old, old);
    const file = make();
    file.write('2');
    await file.flush();
    await expect(stat(place('pins.1.log'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('readPinAudit', () => {
  const use = (at: number, pin = 'GPIO17') =>
    JSON.stringify({
      at: new Date(at).toISOString(),
      pin,
      gadget: 'lamp',
      by: { kind: 'bot' },
      onFor: 1,
      end: { kind: 'bot' },
    });

  it('gives the last 10,000 of 30 days, of every plugin, oldest first', async () => {
    const now = Date.now();
    const day = 24 * 3_600_000;
    const many = Array.from({ length: 12_000 }, (_, index) => use(now - 20_000 + index));
    await writeFile(
      place('pins.1.log'),
      `${use(now - 31 * day)}\n${many.slice(0, 6_000).join('\n')}`,
    );
    await writeFile(place('pins.log'), many.slice(6_000).join('\n'));
    await writeFile(place('pins-second.log'), use(now - 100, 'GPIO5'));
    await writeFile(place('pins.json'), '{}');
    const uses = await readPinAudit(folder, now);
    expect(uses).toHaveLength(10_000);
    expect(uses.at(-1)?.pin).toBe('GPIO5');
  });

  it('gives nothing where nothing was noted', async () => {
    expect(await readPinAudit(place('gone'), Date.now())).toEqual([]);
    await writeFile(place('pins.log'), 'x\n{}\n[]\nnull\n{"at":1}\n');
    expect(await readPinAudit(folder, Date.now())).toEqual([]);
  });
});
