import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refuse } from '@pertybot/core';
import type { RedemptionOutcome } from '@pertybot/core/host';
import { ManualClock } from '@pertybot/core/testing';
import { OpenRewardsFile } from '../../src/rewards/open-rewards-file.js';
import {
  channel,
  moves,
  type Redeem,
  RewardLife,
  RewardWorld,
  refuses,
  until,
  wantedReward,
} from './reward-fixture.js';

const rewardsPath = 'channel_points/custom_rewards';
const settling = `PATCH ${rewardsPath}/redemptions`;

describe('the rewards of a channel', () => {
  let world: RewardWorld;
  let lives: RewardLife[];

  const live = async (...args: [RewardLife['wanted'], Redeem?]) => {
    const life = new RewardLife(world, ...args);
    lives.push(life);
    return life.begin();
  };
  const rewardOf = () => world.twitch.channels.rewards(channel)[0]?.id ?? '';
  const titles = () => world.twitch.channels.rewards(channel).map(({ title }) => title);
  const stateOf = (life: RewardLife) =>
    life.office.list.map(({ title, state, why = '' }) => `${title} ${state} ${why}`.trim());

  beforeEach(async () => {
    lives = [];
    world = await RewardWorld.start();
  });

  afterEach(async () => {
    for (const life of lives) await life.stop().catch(() => {});
    await world.twitch.stop();
  });

  describe('are made and kept', () => {
    it('as they are wanted, and can always be refunded', async () => {
      const life = await live([
        wantedReward('Confetti', { cost: 700, input: true, cooldown: 30_000, maxPerUser: 2 }),
      ]);
      const [reward] = world.twitch.channels.rewards(channel);
      expect(reward).toMatchObject({
        ...{ title: 'Confetti', cost: 700, inputRequired: true, paused: false },
        ...{ cooldown: { enabled: true, value: 30 }, perUser: { enabled: true, value: 2 } },
        ...{ perStream: { enabled: false }, skipsQueue: false, clientId: 'demo' },
      });
      expect(stateOf(life)).toEqual(['Confetti open']);
    });

    it('in place of a second one when a title or a price changes', async () => {
      const first = await live([wantedReward('a', { title: 'Old' })]);
      first.want([wantedReward('a', { title: 'New', cost: 9 })]);
      await until(() => titles()[0] === 'New');
      await first.stop();
      await live([wantedReward('a', { title: 'Newest' })]);
      expect(titles()).toEqual(['Newest']);
    });

    it('without touching those of others', async () => {
      const other = world.twitch.channels.addReward({ channel, title: 'Hydrate', cost: 5 });
      const life = await live([wantedReward('Confetti'), wantedReward('hydrate')]);
      expect(world.twitch.channels.rewards(channel)).toContainEqual(other);
      expect(stateOf(life)[1]).toMatch(/^hydrate missing The reward "hydrate" exists already, /);
      expect(life.office.list[1]?.hint).toMatch(/^Delete it in the creator dashboard, /);
      expect(life.log.lines.filter(({ message }) => message.includes('hydrate'))).toHaveLength(1);
      world.twitch.channels.removeReward(channel, 'Hydrate');
      life.office.changed();
      await until(() => stateOf(life)[1] === 'hydrate open');
    });

    it('as far as there is room', async () => {
      for (let n = 0; n < 49; n += 1) {
        world.twitch.channels.addReward({ channel, title: `other ${n}`, cost: 1 });
      }
      const life = await live([wantedReward('a'), wantedReward('b')]);
      expect(stateOf(life)).toEqual([
        'a open',
        'b missing There is no room for the reward "b": Twitch lets a channel have 50.',
      ]);
    });

    it('not for a channel that is no affiliate, which is said once', async () => {
      world.twitch.channels.setType(channel, '');
      const life = await live([wantedReward('a'), wantedReward('b')]);
      life.office.changed();
      await until(() => world.calls(`GET ${rewardsPath}`) >= 2);
      expect(stateOf(life)[0]).toMatch(
        /^a missing #streamer has no channel points: only affiliates/,
      );
      expect(life.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
      world.twitch.channels.setType(channel, 'affiliate');
      life.office.changed();
      await until(() => stateOf(life).every((state) => state.endsWith('open')));
    });

    it('though Twitch fails for a while', async () => {
      world.twitch.helix.faults.next(`GET ${rewardsPath}`, { status: 503 }, 4);
      const life = new RewardLife(world, [wantedReward('a')]);
      lives.push(life);
      await life.begin();
      expect(stateOf(life)).toEqual(['a open']);
    });

    it('until nobody wants them: then they are hidden, and what is open is given back', async () => {
      const first = await live([wantedReward('a'), wantedReward('b')]);
      await first.kill();
      world.twitch.channels.redeem({ channel, as: { login: 'alice' }, reward: 'a' });
      const life = await live([wantedReward('b')]);
      await until(() => world.redemptions[0] === 'alice CANCELED');
      expect(world.open).toEqual(['b']);
      expect(life.redeemed).toEqual([]);
      await life.stop();
      await live([wantedReward('a')]);
      await until(() => world.open.includes('a'));
      expect(titles()).toEqual(['a', 'b']);
    });
  });

  describe('are closed', () => {
    it('when the bot stops, and open again with the next', async () => {
      const life = await live([wantedReward('a')]);
      expect(new OpenRewardsFile(world.folder).read()).toHaveLength(1);
      await life.stop();
      expect(world.open).toEqual([]);
      expect(new OpenRewardsFile(world.folder).read()).toEqual([]);
      await live([wantedReward('a')]);
      expect(world.open).toEqual(['a']);
    });

    it('while everything is stopped, or their gadget is away', async () => {
      const life = await live([
        wantedReward('a'),
        wantedReward('b', { away: 'The lamp is away.' }),
      ]);
      expect(world.open).toEqual(['a']);
      life.stopEverything('@mod in chat');
      await until(() => world.open.length === 0);
      expect(stateOf(life)).toEqual([
        'a paused Emergency stop by @mod in chat.',
        'b paused Emergency stop by @mod in chat.',
      ]);
      life.stopEverything(undefined);
      life.want([wantedReward('a'), wantedReward('b')]);
      await until(() => world.open.length === 2);
    });

    it('while the stream is offline, where they are only for it', async () => {
      const life = new RewardLife(world, [
        wantedReward('a', { onlyLive: true }),
        wantedReward('b'),
      ]);
      lives.push(life);
      await life.begin({ live: false });
      expect(world.open).toEqual(['b']);
      life.office.streamIs(channel, true);
      await until(() => world.open.length === 2);
      life.office.streamIs(channel, false);
      await until(() => world.open.length === 1);
    });
  });

  describe('keep their promise', () => {
    it('what moved is paid for, what did not is given back', async () => {
      const life = await live([wantedReward('a', { input: true })]);
      life.redeems('alice', 'a', 'hello');
      await until(() => world.redemptions[0] === 'alice FULFILLED');
      life.redeem = refuses('The cannon rests.');
      life.redeems('bob', 'a', 'hi');
      await until(() => world.redemptions[1] === 'bob CANCELED');
      await life.stop();
      expect(life.redeemed).toEqual(['alice a hello', 'bob a hi']);
      expect(life.said).toEqual(['#streamer @bob your points for "a" are back: The cannon rests.']);
      expect(readFileSync(join(world.folder, 'redemptions.journal'), 'utf8')).toMatch(/"end"/);
    });

    it('even when what runs them throws', async () => {
      const life = await live([wantedReward('a')], () => Promise.reject(new Error('bug')));
      life.redeems('alice', 'a');
      await until(() => world.redemptions[0] === 'alice CANCELED');
    });

    it('one redemption runs once, however often Twitch tells of it', async () => {
      const life = await live([wantedReward('a')]);
      const id = life.redeems('alice', 'a');
      const [reward] = world.twitch.channels.rewards(channel);
      const tell = () =>
        life.tell(id, reward?.id ?? '', { id: '1', login: 'alice', displayName: 'alice' });
      tell();
      await until(() => world.redemptions[0] === 'alice FULFILLED');
      tell();
      life.office.gap(channel);
      await until(() => world.calls(`GET ${rewardsPath}/redemptions`) >= 2);
      expect(life.redeemed).toEqual(['alice a']);
    });

    it('takes nothing that is not its own', async () => {
      const other = world.twitch.channels.addReward({ channel, title: 'Hydrate', cost: 5 });
      const life = await live([wantedReward('a')]);
      life.redeems('alice', 'Hydrate');
      life.tell('', other.id, { id: '1', login: 'alice', displayName: 'alice' });
      life.redeems('alice', 'a');
      await until(() => world.redemptions[1] === 'alice FULFILLED');
      expect(world.redemptions[0]).toBe('alice UNFULFILLED');
      expect(life.redeemed).toEqual(['alice a']);
    });

    it('leaves to a moderator what he settled in the queue, so that it does not run', async () => {
      const waits: Redeem = (_, { signal }) =>
        new Promise<RedemptionOutcome>((resolve) => {
          const refusal = refuse('withdrawn');
          signal?.addEventListener('abort', () => resolve({ moved: false, refusal }));
        });
      const life = await live([wantedReward('a')], waits);
      const id = life.redeems('alice', 'a');
      expect(life.office.list[0]?.redemptions).toBe(1);
      world.twitch.channels.settle(channel, id, 'FULFILLED');
      const user = { id: '1', login: 'alice', displayName: 'alice', badges: {} };
      life.office.settledElsewhere({
        ...{ channel, rewardId: rewardOf(), redemptionId: id, title: 'a', status: 'fulfilled' },
        user: { ...user, roles: ['everyone'], monthsSubscribed: 0 },
      });
      await until(() => life.office.list[0]?.redemptions === 0);
      await life.stop();
      expect(world.calls(settling)).toBe(0);
      expect(life.said).toEqual([]);
      expect(life.log.lines.map(({ message }) => message)).toContain(
        'Somebody marked it as done in Twitch\'s own queue: "a" of alice does not run any more.',
      );
    });

    it('takes it for fine when a moderator was quicker', async () => {
      const life = await live([wantedReward('a')], async (redemption, watch) => {
        watch.willMove();
        world.twitch.channels.settle(channel, redemption.id, 'CANCELED');
        return { moved: true };
      });
      life.redeems('alice', 'a');
      await until(() => world.calls(settling) === 1);
      await life.stop();
      expect(life.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
    });

    it('moves nothing, and gives back, when the disk takes no more', async () => {
      const life = await live([wantedReward('a')], async (_, watch) => {
        try {
          watch.willMove();
          return { moved: true };
        } catch {
          return { moved: false, refusal: refuse('unmoved', { text: 'It was not noted down.' }) };
        }
      });
      const { journal } = life.office as unknown as { journal: { file: { add(): void } } };
      journal.file.add = () => {
        throw new Error('ENOSPC: no space left on device');
      };
      life.redeems('alice', 'a');
      await until(() => world.redemptions[0] === 'alice CANCELED');
    });

    it('loses none of 1,000 in a burst, and keeps within the bucket', async () => {
      const life = await live([wantedReward('a')]);
      const before = world.calls(settling);
      for (let n = 0; n < 1_000; n += 1) life.redeems(`viewer${n}`, 'a');
      await until(() => world.redemptions.every((each) => each.endsWith('FULFILLED')));
      expect(life.redeemed).toHaveLength(1_000);
      expect(world.calls(settling) - before).toBeLessThanOrEqual(40);
      expect(world.twitch.helix.calls.some(({ outcome }) => outcome === 429)).toBe(false);
    });
  });

  it('are looked at now and then, so that what Twitch does not tell of stays open for nobody', async () => {
    const clock = new ManualClock();
    const going = setInterval(() => void clock.advance('1s'), 5);
    const life = new RewardLife(world, [wantedReward('a')], moves, clock);
    lives.push(life);
    try {
      await life.begin();
      life.redeems('alice', 'a');
      await until(() => world.redemptions[0] === 'alice FULFILLED');
      world.twitch.channels.redeem({ channel, as: { login: 'bob' }, reward: 'a' });
      await until(() => world.redemptions[1] === 'bob CANCELED');
      await until(() => life.said.length > 0);
    } finally {
      clearInterval(going);
    }
    expect(life.redeemed).toEqual(['alice a']);
    expect(life.said).toEqual([
      '#streamer @bob your points for "a" are back: The bot heard of it too late.',
    ]);
    const warnings = life.log.lines.filter(({ level }) => level === 'warn');
    expect(warnings.map(({ message }) => message)).toEqual([
      'Twitch told nothing of 1 redemptions in #streamer; they are settled now.',
    ]);
  });

  describe('are settled by the next bot', () => {
    const redeemAway = (login: string) =>
      world.twitch.channels.redeem({ channel, as: { login }, reward: 'a' });

    it('fresh ones run, where the stream is live and the reward is open', async () => {
      await (await live([wantedReward('a')])).kill();
      redeemAway('alice');
      const life = await live([wantedReward('a')]);
      await until(() => world.redemptions[0] === 'alice FULFILLED');
      expect(life.redeemed).toEqual(['alice a']);
    });

    it('others are given back, each with its reason', async () => {
      await (await live([wantedReward('a')])).kill();
      redeemAway('alice');
      const life = new RewardLife(world, [wantedReward('a')]);
      lives.push(life);
      await life.begin({ live: false });
      await until(() => world.redemptions[0] === 'alice CANCELED');
      expect(life.redeemed).toEqual([]);
      await life.stop();
      expect(life.said[0]).toMatch(/are back: a waits for the stream to be live\.$/);
    });

    it('what came too long ago, or before the machine went down, is given back', async () => {
      await (await live([wantedReward('a')])).kill();
      redeemAway('alice');
      appendFileSync(join(world.folder, 'redemptions.journal'), '{"run":"another-boot"}\n');
      const life = await live([wantedReward('a')]);
      await until(() => world.redemptions[0] === 'alice CANCELED');
      expect(life.redeemed).toEqual([]);
    });

    it('what was about to move counts as moved, and is never run again', async () => {
      const hangs: Redeem = async (_, watch) => {
        watch.willMove('lamp (GPIO17)');
        return new Promise<RedemptionOutcome>(() => {});
      };
      const first = await live([wantedReward('a')], hangs);
      first.redeems('alice', 'a');
      await first.kill();
      const life = await live([wantedReward('a')]);
      await until(() => world.redemptions[0] === 'alice FULFILLED');
      expect(life.redeemed).toEqual([]);
      expect(life.log.lines.map(({ message }) => message)).toContain(
        'alice keeps the points for "a". The bot went down while lamp (GPIO17) moved. It is not run again.',
      );
    });

    it('unless a guardian saw that no pin left its safe level', async () => {
      const first = await live([wantedReward('a')]);
      await first.stop();
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const at = 1_000;
      const intent = { id: '', rewardId: '', channel, user: 'alice', title: 'a', at, boot };
      const { id, reward } = (() => {
        world.twitch.channels.changeReward(channel, 'a', { paused: false });
        return redeemAway('alice');
      })();
      appendFileSync(
        join(world.folder, 'redemptions.journal'),
        `${JSON.stringify({ intent: { ...intent, id, rewardId: reward.id } })}\n`,
      );
      const note = `takeover ${boot} 10.5 1001\nGPIO17 safe 20\nend\n`;
      writeFileSync(join(world.folder, 'takeover-7'), note);
      const life = await live([wantedReward('a')]);
      await until(() => world.redemptions[0] === 'alice CANCELED');
      expect(life.redeemed).toEqual([]);
      await life.stop();
      expect(life.said[0]).toMatch(/The bot went down before anything moved\.$/);
    });

    it('what Twitch was not told is told, however the bot ended', async () => {
      const first = await live([wantedReward('a')]);
      world.twitch.helix.faults.always(settling, { status: 503 });
      first.redeems('alice', 'a');
      await until(() => first.redeemed.length === 1);
      await first.kill();
      const life = await live([wantedReward('a')]);
      await until(() => world.redemptions[0] === 'alice FULFILLED');
      expect(life.redeemed).toEqual([]);
    });
  });
});
