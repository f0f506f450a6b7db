import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryLogger } from '@pertybot/core/testing';
import { RedemptionJournal } from '../../../src/rewards/journal/redemption-journal.js';

describe('the journal of redemptions', () => {
  let folder: string;
  let log: MemoryLogger;
  const file = () => join(folder, 'redemptions.journal');
  const open = () => RedemptionJournal.open(folder, log);
  const intent = (id: string) => ({
    ...{ id, rewardId: 'r1', channel: 'alice', user: 'Bob', title: 'Confetti' },
  });
  const left = () => open().left.map(({ id, state }) => `${id} ${state}`);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
    log = new MemoryLogger();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

  it('keeps an intent as soon as it is written', () => {
    open().intend(intent('a'));
    expect(left()).toEqual(['a intent']);
    const [entry] = open().left;
    expect(entry).toMatchObject(intent('a'));
    expect(entry?.at).toBeCloseTo(Number.parseFloat(readFileSync('/proc/uptime', 'utf8')), -1);
    expect(entry?.boot).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  });

  it('keeps how far each came, and forgets what is settled', async () => {
    const journal = open();
    for (const id of ['a', 'b', 'c', 'd']) journal.intend(intent(id));
    await Promise.all([journal.moved('a'), journal.refund('b'), journal.moved('c')]);
    journal.settled('c');
    expect(left()).toEqual(['a moved', 'b refund', 'd intent']);
    expect(left()).toEqual(['a moved', 'b refund', 'd intent']);
  });

  it('takes a torn last line, and lines that make no sense, for nothing', () => {
    open().intend(intent('a'));
    appendFileSync(file(), '\n[]\n{"moved":7}\n{"intent":{"id":"b","rewardId":"r');
    expect(left()).toEqual(['a intent']);
    expect(log.lines.map(({ message }) => message)).toEqual([
      '3 torn lines of the journal of redemptions were left out.',
    ]);
    expect(left()).toEqual(['a intent']);
  });

  it('takes nothing once it is closed: its descriptor may be another file’s', async () => {
    const journal = open();
    await journal.close();
    expect(() => journal.intend(intent('a'))).toThrow(/cannot be written: it is closed/);
  });

  it('says nothing of the end of what it does not know', async () => {
    const journal = open();
    await journal.moved('x');
    journal.settled('y');
    expect(left()).toEqual([]);
  });

  it('stays small however many redemptions come', async () => {
    const journal = open();
    journal.intend(intent('first'));
    for (let n = 0; n < 6_000; n += 1) {
      journal.intend(intent(`n${n}`));
      journal.settled(`n${n}`);
    }
    expect(statSync(file()).size).toBeLessThan(600_000);
    expect(left()).toEqual(['first intent']);
  });

  it('lets nothing move when it cannot be written', async () => {
    const journal = open();
    await journal.close();
    expect(() => journal.intend(intent('a'))).toThrow(
      expect.objectContaining({ code: 'REWARD_JOURNAL_FAILED' }),
    );
    expect(journal.left).toEqual([]);
    await journal.moved('a');
  });

  it('lets nothing more move when thousands are open', () => {
    const journal = open();
    for (let n = 0; n < 5_000; n += 1) journal.intend(intent(`n${n}`));
    expect(() => journal.intend(intent('one more'))).toThrow('5000 redemptions are open already');
  });

  it('says why it cannot be opened', () => {
    const nowhere = join(folder, 'file');
    writeFileSync(nowhere, '');
    expect(() => RedemptionJournal.open(nowhere, log)).toThrow(
      expect.objectContaining({ code: 'REWARD_JOURNAL_FAILED' }),
    );
  });

  it('knows whether the machine went down under the bot before', async () => {
    expect(open().hasLostPower).toBe(false);
    // Killed, and started again without a new start of the machine.
    expect(open().hasLostPower).toBe(false);
    writeFileSync(file(), '{"run":"another-boot"}\n');
    const journal = open();
    expect(journal.hasLostPower).toBe(true);
    await journal.close();
    writeFileSync(file(), '{"run":"another-boot"}\n{"end":"another-boot"}\n');
    expect(open().hasLostPower).toBe(false);
  });
});
