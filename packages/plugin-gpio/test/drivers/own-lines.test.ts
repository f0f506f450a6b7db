import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OwnLines } from '../../src/drivers/own-lines.js';

describe('OwnLines', () => {
  const line = '/sys/class/gpio/gpio586';
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'own-lines-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

  it('are known to the bot after one that died, until they are given back', () => {
    const first = new OwnLines(folder, 'boot');
    first.add(line);
    first.add('/sys/class/gpio/gpio587');
    const next = new OwnLines(folder, 'boot');
    expect(next.has(line)).toBe(true);
    next.delete(line);
    const third = new OwnLines(folder, 'boot');
    expect([third.has(line), third.has('/sys/class/gpio/gpio587')]).toEqual([false, true]);
  });

  it("are nobody's when the machine was started again", () => {
    new OwnLines(folder, 'boot').add(line);
    expect(new OwnLines(folder, 'another').has(line)).toBe(false);
  });

  it.each(['', '{"boot":', '[]'])('are none where the file says %j', (text) => {
    writeFileSync(path.join(folder, 'exported.json'), text);
    expect(new OwnLines(folder, 'boot').has(line)).toBe(false);
  });

  it('are kept in memory where there is no folder, or it cannot be written', () => {
    for (const lines of [new OwnLines(), new OwnLines(path.join(folder, 'nothing'), 'boot')]) {
      lines.add(line);
      expect(lines.has(line)).toBe(true);
    }
  });
});
