import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EstopLatch } from '../../../src/guard/estop/estop-latch.js';
import { makeGuard } from '../make-guard.js';
import { EstopPlace } from './estop-place.js';

let place: EstopPlace;
beforeEach(() => {
  place = new EstopPlace();
});
afterEach(() => place.remove());

describe('an emergency stop whose latch fails', () => {
  it('stops everything although the file cannot be written, says so, and tries again', async () => {
    const bench = makeGuard();
    const state = path.join(place.root, 'nothing', 'here');
    const stop = place.makeStop(bench, place.makeLatch(state));
    const lamp = await bench.claim(17);
    lamp.turnOn();
    stop.engage('SIGUSR2');
    await bench.clock.advance('1m');
    expect(lamp.turnOn()).toMatchObject({ reason: 'estop' });
    expect(bench.lines.filter(({ message }) => /may not outlive/.test(message))).toMatchObject([
      { level: 'error', message: expect.stringContaining('ENOENT') },
    ]);
    mkdirSync(path.join(place.root, 'nothing'));
    await bench.clock.advance('30s');
    expect(existsSync(path.join(state, 'estop.json'))).toBe(true);
    expect(bench.lines.at(-1)?.message).toBe('The emergency stop is kept in its file now.');
    expect(readdirSync(place.memory)).toEqual([]);
    expect(stop.engaged).toBeDefined();
  });

  /** A state place.folder that cannot be made, of a bot whose own place.folder went. */
  function lostState(): { state: string; latch: EstopLatch } {
    const state = path.join(place.root, 'bot', 'state');
    mkdirSync(path.dirname(state));
    const latch = place.makeLatch(state);
    rmSync(path.dirname(state), { recursive: true, maxRetries: 9 });
    return { state, latch };
  }

  it('that could not be written survives a reload and a restart', () => {
    const { state, latch } = lostState();
    const first = place.makeStop(makeGuard(), latch);
    first.engage('@alice in chat');
    first.stop();
    const reloaded = place.makeStop(makeGuard(), latch);
    reloaded.restore();
    expect(reloaded.engaged?.by).toBe('@alice in chat');
    reloaded.stop();
    mkdirSync(path.dirname(state));
    const restarted = place.makeStop(makeGuard(), place.makeLatch(state));
    restarted.restore();
    expect(restarted.engaged?.by).toBe('@alice in chat');
    restarted.release();
    expect(readdirSync(place.memory)).toEqual([]);
    expect(place.isStopped(place.makeLatch(state))).toBe(false);
  });

  it('is kept nowhere when there is no place at all, and holds', async () => {
    const bench = makeGuard();
    rmSync(place.memory, { recursive: true, maxRetries: 9 });
    const stop = place.makeStop(bench, lostState().latch);
    stop.engage('SIGUSR2');
    await bench.clock.advance('1h');
    expect(stop.engaged).toBeDefined();
  });

  it('believes no copy that is no file of ours', () => {
    const { state, latch } = lostState();
    place.makeStop(makeGuard(), latch).engage('SIGUSR2');
    mkdirSync(path.dirname(state));
    const [copy = ''] = readdirSync(place.memory);
    renameSync(path.join(place.memory, copy), path.join(place.root, 'copy'));
    symlinkSync(path.join(place.root, 'copy'), path.join(place.memory, copy));
    expect(place.isStopped(place.makeLatch(state))).toBe(false);
  });

  // A file in the place of the folder: what root, too, cannot read (ENOTDIR).
  it('is not released when the latch cannot be read, and holds at the next start', async () => {
    const bench = makeGuard();
    const stop = place.makeStop(bench);
    stop.engage('SIGUSR2');
    renameSync(place.folder, `${place.folder}.away`);
    writeFileSync(place.folder, '');
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    expect(bench.lines.map(({ message }) => message)).toContain(
      "The emergency stop's file cannot be read (ENOTDIR); everything stays off.",
    );
    expect(place.isStopped()).toBe(true);
    rmSync(place.folder);
    renameSync(`${place.folder}.away`, place.folder);
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    rmSync(path.join(place.folder, 'estop.json'));
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeUndefined();
  });

  it('is not released when its folder goes with its disk, and is latched in what comes instead', async () => {
    const bench = makeGuard();
    const stop = place.makeStop(bench);
    stop.engage('SIGUSR2');
    rmSync(place.folder, { recursive: true, maxRetries: 9 });
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeDefined();
    expect(existsSync(path.join(place.folder, 'estop.json'))).toBe(true);
    renameSync(place.folder, `${place.folder}.away`);
    mkdirSync(place.folder);
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    expect(place.isStopped()).toBe(true);
    stop.release();
    expect(place.isStopped()).toBe(false);
  });

  it('that began with a latch that cannot be read ends by the owner alone', async () => {
    rmSync(place.folder, { recursive: true, maxRetries: 9 });
    writeFileSync(place.folder, '');
    const bench = makeGuard();
    const stop = place.makeStop(bench);
    stop.restore();
    expect(stop.engaged).toBeDefined();
    rmSync(place.folder);
    await bench.clock.advance('1m');
    expect(stop.engaged).toBeDefined();
    expect(existsSync(path.join(place.folder, 'estop.json'))).toBe(true);
    rmSync(path.join(place.folder, 'estop.json'));
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeUndefined();
  });

  it('begins when the latch appears while the bot runs, and when it can no longer be read', async () => {
    const bench = makeGuard();
    const stop = place.makeStop(bench);
    stop.restore();
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeUndefined();
    place.makeLatch().write({ by: 'pertybot estop', at: '2026-01-01T12:00:00.000Z' });
    await bench.clock.advance('1s');
    expect(stop.engaged?.by).toBe('pertybot estop');
    stop.release();
    rmSync(place.folder, { recursive: true, maxRetries: 9 });
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeUndefined();
    writeFileSync(place.folder, '');
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeDefined();
  });

  it('stays when the latch cannot be taken away', () => {
    const stop = place.makeStop(makeGuard());
    stop.engage('SIGUSR2');
    rmSync(path.join(place.folder, 'estop.json'));
    mkdirSync(path.join(place.folder, 'estop.json'));
    expect(() => stop.release()).toThrow(expect.objectContaining({ code: 'GPIO_LATCH_LOCKED' }));
    expect(stop.engaged).toBeDefined();
  });
});
