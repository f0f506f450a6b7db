import { existsSync } from 'node:fs';
import type { Clock, Logger } from '@pertybot/core';
import { type BootClock, systemBootClock } from '../../boot-clock.js';
import type { ClockProbe } from '../limits/wall-clock.js';
import { atCleanExit } from '../process-exit.js';
import { HistoryFile, type SavedHistories } from './history-file.js';
import { PinHistories } from './pin-histories.js';

/** What histories are kept with. */
export interface KeepHistoriesOptions {
  /** The bot's own: it stays the same while plugins come and go. */
  readonly clock: Clock;
  /** The bot's state folder. */
  readonly stateFolder: string;
  readonly probe: ClockProbe;
  readonly log: Logger;
  readonly bootClock?: BootClock;
}

/** Those of each bot, which outlive its plugins. */
const ofBots = new WeakMap<Clock, PinHistories>();

/** The histories of the bot whose clock it is, at first as a bot before it has left them. */
export async function keepHistories(options: KeepHistoriesOptions): Promise<PinHistories> {
  const known = ofBots.get(options.clock);
  if (known) return known;
  const histories = await openHistories(options);
  ofBots.set(options.clock, histories);
  return histories;
}

async function openHistories({
  clock,
  stateFolder,
  probe,
  log,
  bootClock = systemBootClock,
}: KeepHistoriesOptions): Promise<PinHistories> {
  // A bot's folder that is not there is no place for a file.
  if (!existsSync(stateFolder)) return new PinHistories(clock);
  const file = new HistoryFile(stateFolder);
  let synchronised = false;
  const asked = probe.isSynchronised().then((is) => {
    synchronised = is;
  });
  const isSynchronised = () => synchronised;
  const histories = new PinHistories(clock, { file, bootClock, log, isSynchronised });
  const saved = file.read();
  if (saved === 'unreadable') {
    log.error('What pins have used of their limits cannot be read: it counts as used up.');
    histories.presumeUsedUp();
  } else if (saved !== undefined) {
    if (saved.boot === undefined || saved.boot !== bootClock.boot) await asked;
    const wall = synchronised ? clock.date().getTime() : undefined;
    histories.restore(saved, elapsedSince(saved, bootClock, wall));
  }
  atCleanExit(() => histories.endRun());
  return histories;
}

/** Milliseconds, rather too few than too many: a limit that holds too long harms nobody. */
function elapsedSince(saved: SavedHistories, { boot, now }: BootClock, wall?: number): number {
  if (boot !== undefined && boot === saved.boot) return Math.max(0, now() - saved.uptime);
  const sinceStart = boot !== undefined && saved.boot !== undefined ? now() : 0;
  const byWall = wall === undefined || saved.wall === undefined ? 0 : wall - saved.wall;
  return Math.max(sinceStart, byWall);
}
