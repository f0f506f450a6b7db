import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { PluginRig } from '../plugin-rig.js';

const channel = 'streamer';

/** A bot with a reward, and a clock that stands still. */
class RewardRig extends PluginRig {
  start(twitch: TwitchSimulator, folder: string): Promise<void> {
    const confetti = definePlugin({
      name: 'confetti',
      start({ reward }) {
        reward('confetti', { title: 'Confetti', cost: 5 }, () => {});
      },
    });
    const { apiUrl, eventSubUrl: eventsubUrl } = twitch;
    const folders = { bot: folder, state: folder };
    return this.run([], { apiUrl, eventsubUrl, channels: [channel] }, { folders }, [confetti]);
  }
}

describe('a bot whose journal of redemptions cannot be opened', () => {
  let folder: string;
  let twitch: TwitchSimulator;
  let rig: RewardRig;
  const journal = () => join(folder, 'redemptions.journal');
  const isPaused = () => twitch.channels.rewards(channel).map(({ paused }) => paused);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
    // What is no file cannot be written, whoever tries.
    mkdirSync(journal());
    twitch = await startTwitchSimulator({ accounts: [{ login: channel, id: '77' }] });
    twitch.channels.goLive({ channel });
    rig = new RewardRig();
    const scopes = ['channel:manage:redemptions', 'channel:read:redemptions'];
    const { accessToken: token } = twitch.id.issueToken({ login: channel, scopes });
    rig.tokens.set(channel, { token, clientId: 'demo', userId: '77', login: channel, scopes });
    const left = twitch.channels.addReward({
      ...{ channel, title: 'Confetti', cost: 5, clientId: 'demo' },
    });
    writeFileSync(
      join(folder, 'open-rewards.json'),
      JSON.stringify([{ channel, id: '77', rewards: [left.id] }]),
    );
  });

  afterEach(async () => {
    await rig.stop();
    await twitch.stop();
    rmSync(folder, { recursive: true, maxRetries: 9 });
  });

  it('pauses what a bot before has left open, and opens it once there is a journal', async () => {
    await rig.start(twitch, folder);
    await rig.until(() => isPaused().every(Boolean), 'nobody can pay for nothing');
    rmSync(journal(), { recursive: true, maxRetries: 9 });
    await rig.until(() => isPaused().some((paused) => !paused), 'it can be had', 5_000);
    const told = rig.bot.log.filter(({ message }) => message.includes('cannot be opened'));
    expect(told).toHaveLength(1);
  });
});
