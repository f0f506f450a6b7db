import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeGuard } from '../make-guard.js';
import { EstopPlace } from './estop-place.js';

let place: EstopPlace;
beforeEach(() => {
  place = new EstopPlace();
});
afterEach(() => place.remove());

describe('LatchedEmergencyStop', () => {
  it('switches everything off and refuses until the owner releases it', async () => {
    const bench = makeGuard();
    const stop = place.makeStop(bench);
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
    const stop = place.makeStop(bench);
    const seen: unknown[] = [];
    stop.onChange((record) => seen.push(record?.by));
    stop.engage('SIGUSR2');
    stop.engage('somebody else');
    stop.release();
    stop.release();
    expect(seen).toEqual(['SIGUSR2', undefined]);
  });

  it('outlives the bot in a file that only the owner can read', async () => {
    place.makeStop(makeGuard()).engage('SIGUSR2');
    const file = path.join(place.folder, 'estop.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      by: 'SIGUSR2',
      at: '2026-01-01T12:00:00.000Z',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const next = makeGuard();
    const stop = place.makeStop(next);
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
    writeFileSync(path.join(place.folder, 'estop.json'), '{"by":');
    const bench = makeGuard();
    place.makeStop(bench).restore();
    expect((await bench.claim(17)).turnOn()).toMatchObject({ reason: 'estop' });
  });

  it('is released when the owner takes the file away', async () => {
    const bench = makeGuard();
    const stop = place.makeStop(bench);
    stop.engage('SIGUSR2');
    await bench.clock.advance('10s');
    expect(stop.engaged).toBeDefined();
    rmSync(path.join(place.folder, 'estop.json'));
    await bench.clock.advance('1s');
    expect(stop.engaged).toBeUndefined();
  });

  it('makes the state folder when there is none, for nobody else', () => {
    const state = path.join(place.root, 'new');
    place.makeStop(makeGuard(), place.makeLatch(state)).engage('SIGUSR2');
    expect(statSync(state).mode & 0o777).toBe(0o700);
  });

  it('looks no longer at the file after the bot has stopped', () => {
    const bench = makeGuard();
    const stop = place.makeStop(bench);
    stop.engage('SIGUSR2');
    stop.stop();
    expect(bench.clock.pending).toBe(0);
  });
});
