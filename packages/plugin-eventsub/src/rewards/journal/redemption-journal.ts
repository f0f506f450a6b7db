import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodeOf, type Logger, messageOf } from '@pertybot/core';
import { writeFileAtomicallySync } from '@pertybot/core/host';
import { RewardError } from '../reward-error.js';
import { AppendFile } from './append-file.js';
import {
  applyLine,
  type JournalEntry,
  type JournalLine,
  type LeftEntry,
  parseLine,
} from './journal-entry.js';
import { readBoot, uptimeClock } from './uptime.js';

/** What an intent says; the journal adds the time. */
export type Intent = Omit<JournalEntry, 'at' | 'boot' | 'what'>;

/** Bytes from which the journal is written anew with what is open alone. */
const compactFrom = 262_144;

/** Redemptions that may be open at once: more are given back without a movement. */
const mostOpen = 5_000;

/**
 * The journal of redemptions. What is about to move a pin stands in it first, so that after a kill nothing
 * moves twice and nothing stays open. A line that was written outlives the death of the process.
 */
export class RedemptionJournal {
  private readonly uptime = uptimeClock();
  private compactAt = compactFrom;

  private constructor(
    private file: AppendFile,
    private readonly open: Map<string, LeftEntry>,
    private readonly options: {
      readonly log: Logger;
      readonly boot: string;
      readonly hasLostPower: boolean;
    },
  ) {}

  /**
   * Opens the journal of a bot, and compacts it.
   * @param folder its state folder
   * @throws RewardError REWARD_JOURNAL_FAILED
   */
  static open(folder: string, log: Logger): RedemptionJournal {
    const file = path.join(folder, 'redemptions.journal');
    try {
      const { open, torn, lastRun } = readJournal(file);
      if (torn > 0) log.warn(`${torn} torn lines of the journal of redemptions were left out.`);
      const boot = readBoot();
      const hasLostPower = lastRun !== undefined && lastRun !== boot;
      writeFileAtomicallySync(file, toText(open, boot));
      return new RedemptionJournal(new AppendFile(file), open, { log, boot, hasLostPower });
    } catch (error) {
      throw toJournalError(error, 'opened');
    }
  }

  /** Whether the machine went down under the bot before: what it wrote last may be lost. */
  get hasLostPower(): boolean {
    return this.options.hasLostPower;
  }

  /** What is open: at the start, what the bot before has left. */
  get left(): readonly LeftEntry[] {
    return [...this.open.values()];
  }

  has(id: string): boolean {
    return this.open.has(id);
  }

  /**
   * Says, before the pin moves, that it will.
   * @param what what moves, for people
   * @throws RewardError REWARD_JOURNAL_FAILED: then it must not
   */
  intend(intent: Intent, what?: string): void {
    if (this.open.size >= mostOpen) {
      throw toJournalError(`${mostOpen} redemptions are open already`, 'written');
    }
    const entry = { ...intent, what, at: this.uptime(), boot: this.options.boot };
    try {
      this.write({ intent: entry });
    } catch (error) {
      throw toJournalError(error, 'written');
    }
  }

  /** Says that the pin has moved. Resolves when that outlives a loss of power. Never rejects. */
  async moved(id: string): Promise<void> {
    await this.note({ moved: id });
  }

  /** Says that the points go back, though a movement was intended. Never rejects. */
  async refund(id: string): Promise<void> {
    await this.note({ refund: id });
  }

  /** Says that Twitch knows the end. Never throws: what is told again is answered with 404. */
  settled(id: string): void {
    if (!this.open.has(id)) return;
    try {
      this.write({ settled: id });
    } catch (error) {
      this.open.delete(id);
      this.complain(error);
    }
  }

  async close(): Promise<void> {
    try {
      this.file.add(JSON.stringify({ end: this.options.boot } satisfies JournalLine));
    } catch {
      // Then the next start takes it for a loss of power, at worst.
    }
    await this.file.close();
  }

  private async note(line: JournalLine): Promise<void> {
    try {
      this.write(line);
      await this.file.synced();
    } catch (error) {
      applyLine(this.open, line);
      this.complain(error);
    }
  }

  private write(line: JournalLine): void {
    if (this.file.size >= this.compactAt) this.compact();
    this.file.add(JSON.stringify(line));
    applyLine(this.open, line);
  }

  /** What cannot be compacted now goes on growing, and is tried again when it is twice as large. */
  private compact(): void {
    const { path: file } = this.file;
    try {
      writeFileAtomicallySync(file, toText(this.open, this.options.boot));
      const old = this.file;
      this.file = new AppendFile(file);
      void old.close();
    } catch (error) {
      this.complain(error);
    }
    this.compactAt = Math.max(compactFrom, this.file.size * 2);
  }

  private complain(error: unknown): void {
    this.options.log.error(`The journal of redemptions was not written: ${messageOf(error)}.`);
  }
}

/** `lastRun`: which start of the machine it was for a bot that did not close it. */
function readJournal(file: string) {
  const open = new Map<string, LeftEntry>();
  let torn = 0;
  let lastRun: string | undefined;
  for (const text of readText(file).split('\n')) {
    if (text === '') continue;
    const line = parseLine(text);
    if (line === undefined) {
      torn += 1;
      continue;
    }
    applyLine(open, line);
    if ('run' in line) lastRun = line.run;
    if ('end' in line) lastRun = undefined;
  }
  return { open, torn, lastRun };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function toText(open: ReadonlyMap<string, LeftEntry>, boot: string): string {
  const entries: JournalLine[] = [...open.values()].flatMap(({ state, ...intent }) => {
    if (state === 'intent') return [{ intent }];
    return [{ intent }, state === 'moved' ? { moved: intent.id } : { refund: intent.id }];
  });
  const lines: readonly JournalLine[] = [{ run: boot }, ...entries];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function toJournalError(cause: unknown, what: 'opened' | 'written'): RewardError {
  return new RewardError(
    'REWARD_JOURNAL_FAILED',
    `The journal of redemptions cannot be ${what}: ${messageOf(cause)}.`,
    {
      hint: 'Check free space and the rights of the folder ".pertybot"; no reward moves anything before.',
      cause,
    },
  );
}
