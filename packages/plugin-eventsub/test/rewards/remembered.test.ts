import { describe, expect, it } from '@jest/globals';
import { roles } from '@pertybot/core';
import { ManualClock, MemoryLogger, MemoryStore } from '@pertybot/core/testing';
import { TwitchApiError } from '../../src/helix/twitch-api-error.js';
import { HelixRewards } from '../../src/rewards/helix-rewards.js';
import {
  type KeptReward,
  type KeptRewards,
  readKept,
  writeKept,
} from '../../src/rewards/kept-rewards.js';
import { KnownRedemptions } from '../../src/rewards/known-redemptions.js';
import { inPlainWords, reasonOf } from '../../src/rewards/refund-reason.js';
import { Settlement } from '../../src/rewards/settlement.js';
import { toIncoming } from '../../src/rewards/to-incoming.js';
import type { TwitchApiRequest } from '../../src/twitch-api.js';

describe('the redemptions that are known', () => {
  it('are each taken once, however often they come', () => {
    const known = new KnownRedemptions();
    const taken = Array.from({ length: 10_000 }, () => known.add('a')).filter(Boolean);
    expect(taken).toHaveLength(1);
    expect(known.has('a')).toBe(true);
    expect(known.has('b')).toBe(false);
  });

  it('are the latest five thousand of those that are done', () => {
    const known = new KnownRedemptions();
    for (let n = 0; n < 10_000; n += 1) {
      expect(known.add(`n${n}`)).toBe(true);
      known.end(`n${n}`);
    }
    expect([known.has('n9999'), known.has('n5000'), known.has('n4999')]).toEqual([
      ...[true, true, false],
    ]);
  });
});

describe('a redemption whose end Twitch does not know', () => {
  it('is never taken again, however many others come', () => {
    const known = new KnownRedemptions();
    known.add('open');
    for (let n = 0; n < 10_000; n += 1) {
      known.add(`n${n}`);
      known.end(`n${n}`);
    }
    expect(known.add('open')).toBe(false);
  });
});

describe('what is remembered of a channel’s rewards', () => {
  const lamp = { id: 'r1', plugin: 'gpio', runs: 'lamp on' };

  it('comes back as it was, each channel’s apart', async () => {
    const store = new MemoryStore();
    const kept: KeptRewards = new Map<string, KeptReward>([
      ['lamp', lamp],
      ['horn', { ...lamp, id: 'r2', gone: true }],
    ]);
    await writeKept(store, 'alice', kept);
    await writeKept(store, 'bob', new Map());
    expect(await readKept(store, 'alice')).toEqual(kept);
    expect((await readKept(store, 'bob')).size).toBe(0);
    expect((await readKept(store, 'carol')).size).toBe(0);
  });

  it.each(['text', 7, [], { lamp: null }, { lamp: { ...lamp, id: 7 } }, { lamp: { id: 'r1' } }])(
    'is nothing where it is damaged: %p',
    async (value) => {
      const store = new MemoryStore();
      await store.set('rewards of alice', value as never);
      expect((await readKept(store, 'alice')).size).toBe(0);
    },
  );
});

describe('a redemption of Twitch’s list', () => {
  const channel = { login: 'alice', id: '7' };
  const user = { id: '8', login: 'bob', displayName: 'Bob' };
  const open = { id: 'x', rewardId: 'r1', user, text: 'hi', redeemedAt: 12 };
  const reward = { name: 'lamp', title: 'Lamp' };

  it('is what EventSub would have brought', () => {
    expect(toIncoming(open as never, channel, reward)).toEqual({
      ...{ id: 'x', rewardId: 'r1', reward: 'lamp', title: 'Lamp', channel },
      ...{ text: 'hi', redeemedAt: 12 },
      user: { ...user, roles: ['everyone'], badges: {}, monthsSubscribed: 0 },
    });
  });

  it('is the broadcaster’s own where the ids are one', () => {
    const own = { ...open, user: { ...user, id: '7' } };
    expect(toIncoming(own as never, channel, reward).user.roles).toEqual(roles);
  });
});

describe('why points go back', () => {
  it('is told in plain words to the log', () => {
    for (const key of ['points.died', 'points.untold']) {
      const said = inPlainWords(reasonOf(key, 'Confetti'));
      expect(said).not.toContain('{');
      expect(said.length).toBeGreaterThan(10);
    }
    expect(inPlainWords('It is full.')).toBe('It is full.');
    expect(inPlainWords(reasonOf('nobody.says', 'Confetti'))).toBe('It cannot be done now.');
  });
});

describe('refunds that fail half-way', () => {
  /** A Twitch that takes some, and fails as it is told, call by call. */
  function settleAll(count: number, answer: (ids: readonly string[], call: number) => void) {
    const clock = new ManualClock();
    const log = new MemoryLogger();
    const taken: string[] = [];
    const answered = new Map<string, string>();
    let calls = 0;
    const api = {
      request: async ({ query }: TwitchApiRequest) => {
        const { id = [] } = query ?? {};
        const ids = typeof id === 'object' ? id.map(String) : [String(id)];
        answer(ids, ++calls);
        taken.push(...ids);
        return { data: ids.map((each) => ({ id: each })) };
      },
    };
    const settlement = new Settlement({
      ...{ helix: new HelixRewards(api), clock, log, signal: new AbortController().signal },
      answered: ({ id }, how) => void answered.set(id, how),
    });
    const channel = { login: 'alice', id: '7' };
    for (let n = 0; n < count; n += 1) {
      settlement.add({ id: `n${n}`, rewardId: 'r1', channel, status: 'CANCELED' });
    }
    return { clock, log, taken, answered, settlement };
  }

  it('are told again, those alone that Twitch has not answered', async () => {
    const { clock, taken, answered, settlement } = settleAll(120, (_, call) => {
      if (call === 2) throw new TwitchApiError('TWITCH_API_UNAVAILABLE', '503', { status: 503 });
    });
    await clock.advance('1m');
    expect(answered.size).toBe(120);
    expect(new Set(taken).size).toBe(taken.length);
    expect(settlement.size).toBe(0);
  });

  it('keep one redemption waiting that is answered by no words of Twitch, and none of the other 49', async () => {
    const { clock, answered, settlement } = settleAll(50, (ids) => {
      if (!ids.includes('n31')) return;
      throw new TwitchApiError('TWITCH_API_REFUSED', 'A page.', { status: 404 });
    });
    await clock.advance('1m');
    expect([answered.size, settlement.size]).toEqual([49, 1]);
  });

  it('cost one redemption where Twitch takes one not, and none of the other 49', async () => {
    const { clock, answered } = settleAll(50, (ids) => {
      if (!ids.includes('n31')) return;
      throw new TwitchApiError('TWITCH_API_REFUSED', '400', { status: 400, reason: 'Bad id.' });
    });
    await clock.advance('1m');
    expect(answered.get('n31')).toBe('refused');
    expect([...answered.values()].filter((how) => how === 'done')).toHaveLength(49);
  });

  it('are told again where what failed is not Twitch', async () => {
    const { clock, answered, log } = settleAll(1, (_, call) => {
      if (call < 3) throw new Error('EMFILE: too many open files');
    });
    await clock.advance('1m');
    expect(answered.get('n0')).toBe('done');
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
  });
});
