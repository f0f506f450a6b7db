import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { watchFolder } from '../../src/token/watch-folder.js';
import { eventually } from '../oauth-fixture.js';

describe('watchFolder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'pertybot-watch-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

  it('tells of such files alone', async () => {
    let changes = 0;
    const clock = new ManualClock();
    const undo = watchFolder(folder, /^tokens\.json$/, clock, () => {
      changes += 1;
    });
    await writeFile(path.join(folder, 'other.json'), 'x');
    await writeFile(path.join(folder, 'tokens.json'), 'x');
    await eventually(() => changes > 0);
    expect(clock.pending).toBe(0);
    undo();
  });

  it('looks again and again where there is no folder to watch yet', async () => {
    const clock = new ManualClock();
    const later = path.join(folder, 'later');
    let changes = 0;
    const undo = watchFolder(later, /^tokens\.json$/, clock, () => {
      changes += 1;
    });
    await eventually(() => clock.pending === 1);
    await mkdir(later);
    await writeFile(path.join(later, 'tokens.json'), 'x');
    await clock.advance('5s');
    await eventually(() => changes === 1);
    undo();
    expect(clock.pending).toBe(0);
  });
});
