import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EstopBackup } from '../../../src/guard/estop/estop-backup.js';
import { EstopLatch } from '../../../src/guard/estop/estop-latch.js';
import { LatchedEmergencyStop } from '../../../src/guard/estop/latched-emergency-stop.js';
import { type GuardBench, makeGuard } from '../make-guard.js';

describe('LatchedEmergencyStop', () => {
  let root: string;
  /** The state folder. */
  let folder: string;
  /** Stands for the memory of the machine. */
  let memory: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'estop-'));
    folder = path.join(root, 'state');
    memory = path.join(root, 'memory');
    mkdirSync(folder);
    mkdirSync(memory);
  });
  afterEach(() => rm(root, { recursive: true, maxRetries: 9 }));

  const makeLatch = (state = folder) => new EstopLatch(state, new EstopBackup(state, [memory]));

  function makeStop(bench: GuardBench, latch = makeLatch()) {
    const { guard, clock, log } = bench;
    return new LatchedEmergencyStop(guard, latch, clock, log);
  }

  /** Whether a bot that starts now is stopped. */
  function isStopped(latch = makeLatch()): boolean {
    const stop = makeStop(makeGuard(), latch);
    stop.restore();
    stop.stop();
    return stop.engaged !== undefined;
  }

  it('switches everything off and refuses until the owner releases it', async () => {
    const bench = makeGuard();
    const stop = makeStop(bench);
    const lamp = await bench.claim(17);
    lamp.turnOn();
    stop.engage('@alice in chat');
    expect(bench.board.level(17)).toBe(0);
    expect(lamp.turnOn()).toMatchObject({
      reason: 'estop',
      text: 'Emergency stop: everything stays off until the owner releases it.',
    });
    stop.release();
    expect(bench.board.level(17)).toBe(0);
    expect(lamp.turnOn()).toBeUndefined();
  });

  it('says who stopped everything, and when it is over', () => {
    const bench = makeGuard();
    const stop = makeStop(bench);
    const seen: unknown[] = [];
    stop.onChange((record) => seen.push(record?.by));
    stop.engage('SIGUSR2');
    stop.engage('somebody else');
    stop.release();
    stop.release();
    expect(seen).toEqual(['SIGUSR2', undefined]);
  });

  it('outlives the bot in a file that only the owner can read', async () => {
    makeStop(makeGuard()).engage('SIGUSR2');
    const file = path.join(folder, 'estop.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      by: 'SIGUSR2',
      at: '2026-01-01T12:00:00.000Z',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const next = makeGuard();
    const stop = makeStop(next);
    stop.restore();
    expect((await next.claim(17)).turnOn()).toMatchObject({ reason: 'estop' });
    expect(next.lines).toMatchObject([
      {
        message:
          'Emergency stop since 2026-01-01T12:00:00.000Z by SIGUSR2: every output stays off.',
      },
    ]);
  });

  it('stays stopped when the file is damaged', async () => {
    writeFileSync(path.join(folder, 'estop.json'), '{"by":');
    const bench = makeGuard();
    makeStop(bench).restore();
    expect((await bench.claim(17)).turnOn()).toMatchObject({ reason: 'estop' });
  });

  it('is released when the owner takes the file away', async () => {
    const bench = makeGuard();
    const stop = makeStop(bench);
    stop.engage('SIGUSR2');
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    rmSync(path.join(folder, 'estop.json'));
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeUndefined();
  });

  it('stops everything although the file cannot be written, says so, and tries again', async () => {
    const bench = makeGuard();
    const state = path.join(root, 'nothing', 'here');
    const stop = makeStop(bench, makeLatch(state));
    const lamp = await bench.claim(17);
    lamp.turnOn();
    stop.engage('SIGUSR2');
    await bench.clock.advance('1m');
    expect(lamp.turnOn()).toMatchObject({ reason: 'estop' });
    expect(bench.lines.filter(({ message }) => /may not outlive/.test(message))).toMatchObject([
      { level: 'error', message: expect.stringContaining('ENOENT') },
    ]);
    mkdirSync(path.join(root, 'nothing'));
    await bench.clock.advance('30s');
    expect(existsSync(path.join(state, 'estop.json'))).toBe(true);
    expect(bench.lines.at(-1)?.message).toBe('The emergency stop is kept in its file now.');
    expect(readdirSync(memory)).toEqual([]);
    expect(stop.engaged).toBeDefined();
  });

  /** A state folder that cannot be made, of a bot whose own folder went. */
  function lostState(): { state: string; latch: EstopLatch } {
    const state = path.join(root, 'bot', 'state');
    mkdirSync(path.dirname(state));
    const latch = makeLatch(state);
    rmSync(path.dirname(state), { recursive: true, maxRetries: 9 });
    return { state, latch };
  }

  it('that could not be written survives a reload and a restart', () => {
    const { state, latch } = lostState();
    const first = makeStop(makeGuard(), latch);
    first.engage('@alice in chat');
    first.stop();
    const reloaded = makeStop(makeGuard(), latch);
    reloaded.restore();
    expect(reloaded.engaged?.by).toBe('@alice in chat');
    reloaded.stop();
    mkdirSync(path.dirname(state));
    const restarted = makeStop(makeGuard(), makeLatch(state));
    restarted.restore();
    expect(restarted.engaged?.by).toBe('@alice in chat');
    restarted.release();
    expect(readdirSync(memory)).toEqual([]);
    expect(isStopped(makeLatch(state))).toBe(false);
  });

  it('is kept nowhere when there is no place at all, and holds', async () => {
    const bench = makeGuard();
    rmSync(memory, { recursive: true, maxRetries: 9 });
    const stop = makeStop(bench, lostState().latch);
    stop.engage('SIGUSR2');
    await bench.clock.advance('1h');
    expect(stop.engaged).toBeDefined();
  });

  it('believes no copy that is no file of ours', () => {
    const { state, latch } = lostState();
    makeStop(makeGuard(), latch).engage('SIGUSR2');
    mkdirSync(path.dirname(state));
    const [copy = ''] = readdirSync(memory);
    renameSync(path.join(memory, copy), path.join(root, 'copy'));
    symlinkSync(path.join(root, 'copy'), path.join(memory, copy));
    expect(isStopped(makeLatch(state))).toBe(false);
  });

  // A file in the place of the folder: what root, too, cannot read (ENOTDIR).
  it('is not released when the latch cannot be read, and holds at the next start', async () => {
    const bench = makeGuard();
    const stop = makeStop(bench);
    stop.engage('SIGUSR2');
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, '');
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    expect(bench.lines.map(({ message }) => message)).toContain(
      "The emergency stop's file cannot be read (ENOTDIR); everything stays off.",
    );
    expect(isStopped()).toBe(true);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    rmSync(path.join(folder, 'estop.json'));
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeUndefined();
  });

  it('is not released when its folder goes with its disk, and is latched in what comes instead', async () => {
    const bench = makeGuard();
    const stop = makeStop(bench);
    stop.engage('SIGUSR2');
    rmSync(folder, { recursive: true, maxRetries: 9 });
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeDefined();
    expect(existsSync(path.join(folder, 'estop.json'))).toBe(true);
    renameSync(folder, `${folder}.away`);
    mkdirSync(folder);
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    expect(isStopped()).toBe(true);
    stop.release();
    expect(isStopped()).toBe(false);
  });

  it('that began with a latch that cannot be read ends by the owner alone', async () => {
    rmSync(folder, { recursive: true, maxRetries: 9 });
    writeFileSync(folder, '');
    const bench = makeGuard();
    const stop = makeStop(bench);
    stop.restore();
    expect(stop.engaged).toBeDefined();
    rmSync(folder);
    await bench.clock.advance('1m');
    expect(stop.engaged).toBeDefined();
    expect(existsSync(path.join(folder, 'estop.json'))).toBe(true);
    rmSync(path.join(folder, 'estop.json'));
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeUndefined();
  });

  it('begins when the latch appears while the bot runs, and when it can no longer be read', async () => {
    const bench = makeGuard();
    const stop = makeStop(bench);
    stop.restore();
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeUndefined();
    makeLatch().write({ by: 'pertybot estop', at: '2026-01-01T12:00:00.000Z' });
    await bench.clock.advance('1s');
    expect(stop.engaged?.by).toBe('pertybot estop');
    stop.release();
    rmSync(folder, { recursive: true, maxRetries: 9 });
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeUndefined();
    writeFileSync(folder, '');
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeDefined();
  });

  it('stays when the latch cannot be taken away', () => {
    const stop = makeStop(makeGuard());
    stop.engage('SIGUSR2');
    rmSync(path.join(folder, 'estop.json'));
    mkdirSync(path.join(folder, 'estop.json'));
    expect(() => stop.release()).toThrow(expect.objectContaining({ code: 'GPIO_LATCH_LOCKED' }));
    expect(stop.engaged).toBeDefined();
  });

  it('makes the state folder when there is none, for nobody else', () => {
    const state = path.join(root, 'new');
    makeStop(makeGuard(), makeLatch(state)).engage('SIGUSR2');
    expect(statSync(state).mode & 0o777).toBe(0o700);
  });

  it('looks no longer at the file after the bot has stopped', () => {
    const bench = makeGuard();
    const stop = makeStop(bench);
    stop.engage('SIGUSR2');
    stop.stop();
    expect(bench.clock.pending).toBe(0);
  });
});
