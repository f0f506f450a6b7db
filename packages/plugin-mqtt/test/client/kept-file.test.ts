import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { FaultyMessages } from '../../src/client/faulty-messages.js';
import { KeptFile } from '../../src/client/kept-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file that is kept', () => {
  const open = (place = folder) =>
    new KeptFile(place, 'kept.json', v.object({ names: v.array(v.string()) }));

  it('is read as it was written, in a folder of its owner alone', () => {
    const place = path.join(folder, 'state');
    expect(open(place).read()).toBeUndefined();
    open(place).write({ names: ['ä', '\n'] });
    expect(open(place).read()).toEqual({ names: ['ä', '\n'] });
    expect(statSync(place).mode & 0o777).toBe(0o700);
    expect(readFileSync(path.join(place, 'kept.json'), 'utf8')).toMatch(/\n$/);
  });

  it.each(['', '{', 'null', '[]', '{"names":"x"}', '{"names":[1]}', '\u0000'])(
    'is never half believed: %j',
    (text) => {
      writeFileSync(path.join(folder, 'kept.json'), text);
      expect(() => open().read()).toThrow(
        expect.objectContaining({ code: 'MQTT_STATE_UNREADABLE' }),
      );
    },
  );

  it('is no other thing of that name', () => {
    expect(() => open(path.join(folder, 'a\u0000b')).read()).toThrow('cannot be read');
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => open(path.join(folder, 'file')).write({ names: [] })).toThrow();
  });
});

describe('messages that make no sense', () => {
  it('are told of once a minute, with their number, and of where the last one came', async () => {
    const clock = new ManualClock();
    const log = new MemoryLogger();
    const faulty = new FaultyMessages(clock, log);
    faulty.add('pertybot/garage/wish');
    for (let count = 0; count < 9_999; count++) faulty.add('pertybot/garage/lease');
    await clock.advance('59999ms');
    faulty.add('pertybot/garage/lease');
    expect(log.lines).toHaveLength(1);
    await clock.advance('1ms');
    faulty.add('pertybot/garage/estop');
    expect(log.lines.map(({ message }) => message)).toEqual([
      'A message made no sense, the last at "pertybot/garage/wish".',
      '10001 messages made no sense, the last at "pertybot/garage/estop".',
    ]);
  });
});
