import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { eventSubConfigSchema } from '../../src/eventsub-config.js';
import { hasLeftOpen, pauseLeftOpen } from '../../src/rewards/pause-left-open.js';
import { channel, RewardLife, RewardWorld, wantedReward } from './reward-fixture.js';

describe('rewards that a dead bot left open', () => {
  let world: RewardWorld;
  let life: RewardLife;

  const pause = () =>
    pauseLeftOpen({
      stateFolder: world.folder,
      tokens: world.tokens,
      config: v.parse(eventSubConfigSchema, { apiUrl: world.twitch.apiUrl }),
      signal: AbortSignal.timeout(10_000),
    });

  beforeEach(async () => {
    world = await RewardWorld.start();
    life = new RewardLife(world, [
      wantedReward('a'),
      wantedReward('b'),
      wantedReward('c', { away: 'No.' }),
    ]);
    await life.begin();
    await life.kill();
  });

  afterEach(async () => {
    await life.stop().catch(() => {});
    await world.twitch.stop();
  });

  it('are paused, and open again with the next bot', async () => {
    expect(hasLeftOpen(world.folder)).toBe(true);
    expect(await pause()).toEqual({ paused: 2, faults: [] });
    expect(world.open).toEqual([]);
    expect(hasLeftOpen(world.folder)).toBe(false);
    const next = await new RewardLife(world, [wantedReward('a')]).begin();
    expect(world.open).toEqual(['a']);
    await next.stop();
  });

  it('are as good as paused when they are gone', async () => {
    world.twitch.channels.removeReward(channel, 'a');
    expect(await pause()).toEqual({ paused: 2, faults: [] });
  });

  it('stay on the list while Twitch does not answer, which is told', async () => {
    world.twitch.helix.faults.always('PATCH channel_points/custom_rewards', { status: 403 });
    const { paused, faults } = await pause();
    expect({ paused, faults: faults.length }).toEqual({ paused: 0, faults: 1 });
    expect(hasLeftOpen(world.folder)).toBe(true);
  });

  it('are none where the list is absent, damaged, or of no bot', async () => {
    const file = join(world.folder, 'open-rewards.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(1);
    for (const text of ['', '[{"channel":7}]', '[{"chan']) {
      writeFileSync(file, text);
      expect(hasLeftOpen(world.folder)).toBe(false);
    }
    expect(await pause()).toEqual({ paused: 0, faults: [] });
  });
});
