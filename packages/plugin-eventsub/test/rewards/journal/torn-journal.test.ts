import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemoryLogger } from '@pertybot/core/testing';
import {
  applyLine,
  type JournalState,
  type LeftEntry,
  parseLine,
} from '../../../src/rewards/journal/journal-entry.js';
import { RedemptionJournal } from '../../../src/rewards/journal/redemption-journal.js';

const intent = (id: string) => ({
  intent: {
    ...{ id, rewardId: 'r1', channel: 'alice', user: 'Zoë 🎉', title: 'Confetti' },
    ...{ what: 'cannon (GPIO17)', at: 12.5, boot: 'b1' },
  },
});

/** A life of four redemptions, line by line. */
const said: readonly object[] = [
  { run: 'b1' },
  intent('a'),
  { moved: 'a' },
  intent('b'),
  intent('c'),
  { refund: 'b' },
  { settled: 'a' },
  { moved: 'c' },
  intent('d'),
  { settled: 'c' },
  { end: 'b1' },
];
const lines = said.map((each) => JSON.stringify(each));
const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''));

/** What a reader makes of a text. */
function readAll(text: string) {
  const open = new Map<string, LeftEntry>();
  let torn = 0;
  for (const line of text.split('\n')) {
    const parsed = parseLine(line);
    if (parsed !== undefined) applyLine(open, parsed);
    else if (line !== '') torn += 1;
  }
  return { torn, left: [...open.values()].map(({ id, state }) => `${id} ${state}`) };
}

/** Bytes behind the last of each number of lines. */
const ends = lines.map((_, at) => Buffer.byteLength(lines.slice(0, at + 1).join('\n')));

describe('a journal that is cut at any byte', () => {
  it('says what its whole lines say, and no more', () => {
    for (let size = 0; size <= whole.length; size += 1) {
      const count = ends.filter((end) => end <= size).length;
      const { left, torn } = readAll(whole.subarray(0, size).toString());
      expect({ size, left }).toEqual({
        size,
        left: readAll(lines.slice(0, count).join('\n')).left,
      });
      expect(torn).toBeLessThanOrEqual(1);
    }
  });

  it('never takes back what had moved, nor forgets what was intended', () => {
    const order: readonly JournalState[] = ['intent', 'moved'];
    let before = 0;
    for (let size = 0; size <= (ends[5] ?? 0); size += 1) {
      const [first = ''] = readAll(whole.subarray(0, size).toString()).left;
      const now = first === '' ? 0 : order.indexOf(first.split(' ')[1] as JournalState) + 1;
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(before).toBe(2);
  });

  it('goes on behind the cut: what is written next is not torn with it', () => {
    for (const end of ends) {
      const cut = `${whole.subarray(0, end - 3).toString()}\n${JSON.stringify(intent('next'))}\n`;
      expect(readAll(cut).left).toContain('next intent');
    }
  });

  it.each(lines.map((line, at) => [at, line] as const))(
    'is none where a byte of line %i is another one, or the line stands as it was: %s',
    (_, line) => {
      for (let at = 0; at < line.length; at += 1) {
        const broken = `${line.slice(0, at)}\u0000${line.slice(at + 1)}`;
        // Zeros are what a disk gives where it has lost a page.
        expect(parseLine(broken)).toBeUndefined();
      }
    },
  );
});

describe('a line of the journal', () => {
  it.each([
    '',
    'null',
    '[]',
    '7',
    '{}',
    '{"moved":null}',
    '{"moved":["a"]}',
    '{"intent":{}}',
    '{"intent":{"id":"a"}}',
    JSON.stringify({ intent: { ...intent('a').intent, at: '12' } }),
    JSON.stringify({ intent: { ...intent('a').intent, user: null } }),
    '{"settled":1}',
    `{"moved":"${'x'.repeat(10)}`,
    '['.repeat(50_000),
  ])('is none: %.40s', (text) => {
    expect(parseLine(text)).toBeUndefined();
  });

  it('may have more than this version knows', () => {
    const text = JSON.stringify({ intent: { ...intent('a').intent, color: 'red' }, later: true });
    expect(parseLine(text)).toEqual(intent('a'));
  });

  it('moves nothing that was not intended, and settles nothing twice', () => {
    const open = new Map<string, LeftEntry>();
    applyLine(open, { moved: 'x' });
    applyLine(open, { refund: 'x' });
    applyLine(open, { settled: 'x' });
    applyLine(open, { run: 'b1' });
    applyLine(open, { end: 'b1' });
    expect(open.size).toBe(0);
  });

  it('begins a redemption anew where it is intended once more', () => {
    const { left } = readAll([...lines.slice(0, 3), lines[1]].join('\n'));
    expect(left).toEqual(['a intent']);
  });
});

describe('the journal that is opened after a cut', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

  it.each(ends.slice(1))(
    'keeps what was open, and can be written again: at byte %i',
    async (end) => {
      const log = new MemoryLogger();
      const text = whole.subarray(0, end - 2);
      writeFileSync(join(folder, 'redemptions.journal'), text);
      const before = readAll(text.toString());
      const journal = RedemptionJournal.open(folder, log);
      expect(journal.left.map(({ id, state }) => `${id} ${state}`)).toEqual(before.left);
      expect(log.lines).toHaveLength(before.torn);
      journal.intend({ ...intent('next').intent });
      await journal.close();
      const again = RedemptionJournal.open(folder, log);
      expect(again.left.map(({ id }) => id)).toContain('next');
      // It was written whole in between.
      expect(log.lines).toHaveLength(before.torn);
      await again.close();
    },
  );
});
