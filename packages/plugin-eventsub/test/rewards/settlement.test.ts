import { describe, expect, it } from '@jest/globals';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { TwitchApiError } from '../../src/helix/twitch-api-error.js';
import { HelixRewards } from '../../src/rewards/helix-rewards.js';
import { type Settled, Settlement } from '../../src/rewards/settlement.js';
import type { TwitchApiRequest } from '../../src/twitch-api.js';

type Answer = (ids: readonly string[], request: TwitchApiRequest) => readonly string[];

function fixture(answer: Answer = (ids) => ids) {
  const clock = new ManualClock();
  const log = new MemoryLogger();
  const calls: string[] = [];
  const answered: string[] = [];
  const stop = new AbortController();
  const api = {
    request: async (request: TwitchApiRequest) => {
      const { id = [] } = request.query ?? {};
      const ids = typeof id === 'object' ? id : [String(id)];
      calls.push(`${request.query?.reward_id} ${ids.length} ${JSON.stringify(request.body)}`);
      return { data: answer(ids, request).map((each) => ({ id: each })) };
    },
  };
  const settlement = new Settlement({
    ...{ helix: new HelixRewards(api), clock, log, signal: stop.signal },
    answered: ({ id }, how) => answered.push(`${id} ${how}`),
  });
  const add = (id: string, more: Partial<Settled> = {}) =>
    settlement.add({
      ...{ id, rewardId: 'r1', channel: { login: 'alice', id: '7' }, status: 'FULFILLED' },
      ...more,
    });
  return { clock, log, calls, answered, stop, settlement, add };
}

const fails = (status: number, code: 'TWITCH_API_REFUSED' | 'TWITCH_API_UNAVAILABLE') => () => {
  throw new TwitchApiError(code, `${status}`, { status, reason: 'It is said why.' });
};

describe('the settlement', () => {
  it('tells 50 at once, for each reward and each end', async () => {
    const { clock, calls, answered, settlement, add } = fixture();
    for (let n = 0; n < 120; n += 1) add(`n${n}`);
    add('other', { rewardId: 'r2' });
    add('back', { status: 'CANCELED' });
    expect(settlement.size).toBe(122);
    await clock.advance('1s');
    await settlement.idle();
    expect(calls.sort()).toEqual([
      'r1 1 {"status":"CANCELED"}',
      'r1 20 {"status":"FULFILLED"}',
      'r1 50 {"status":"FULFILLED"}',
      'r1 50 {"status":"FULFILLED"}',
      'r2 1 {"status":"FULFILLED"}',
    ]);
    expect(answered).toHaveLength(122);
    expect(new Set(answered).size).toBe(122);
    expect(settlement.size).toBe(0);
  });

  it('tells again until Twitch answers', async () => {
    let left = 3;
    const { clock, calls, answered, add, log } = fixture((ids) =>
      left-- > 0 ? fails(503, 'TWITCH_API_UNAVAILABLE')() : ids,
    );
    add('a');
    await clock.advance('1s');
    add('b');
    await clock.advance('1m');
    expect(answered).toEqual(['a done', 'b done']);
    expect(calls.length).toBe(4);
    expect(log.lines).toHaveLength(3);
  });

  it('takes what somebody else has settled for fine, and settles the others', async () => {
    const { clock, answered, add } = fixture((ids) => {
      if (ids.includes('bad')) fails(404, 'TWITCH_API_REFUSED')();
      return ids.filter((id) => id !== 'gone');
    });
    for (const id of ['a', 'bad', 'b', 'gone', 'c']) add(id);
    await clock.advance('1s');
    expect(answered.sort()).toEqual([
      'a done',
      'b done',
      'bad elsewhere',
      'c done',
      'gone elsewhere',
    ]);
  });

  it('gives up what Twitch will never take, and says so', async () => {
    const { clock, answered, add, log } = fixture(fails(403, 'TWITCH_API_REFUSED'));
    add('a');
    await clock.advance('1s');
    expect(answered).toEqual(['a refused']);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
  });

  it('takes what comes while it ends', async () => {
    const { clock, answered, add, settlement } = fixture();
    add('a');
    await clock.advance('100ms');
    add('b');
    await clock.advance('100ms');
    expect(answered).toEqual(['a done', 'b done']);
    expect(settlement.size).toBe(0);
  });

  it('tries once more at the end, and leaves the rest', async () => {
    const { calls, answered, add, settlement, stop } = fixture(
      fails(503, 'TWITCH_API_UNAVAILABLE'),
    );
    add('a');
    stop.abort();
    await settlement.idle();
    expect(calls).toHaveLength(1);
    expect(answered).toEqual([]);
    expect(settlement.size).toBe(1);
  });

  it('of one reward is done though Twitch takes none of another', async () => {
    const { clock, settlement, add } = fixture((ids, { query }) =>
      query?.reward_id === 'bad' ? fails(503, 'TWITCH_API_UNAVAILABLE')() : ids,
    );
    add('a');
    add('b', { rewardId: 'bad' });
    let isIdle = false;
    void settlement.idle('r1').then(() => {
      isIdle = true;
    });
    await clock.advance('1s');
    expect([isIdle, settlement.has('r1'), settlement.has('bad')]).toEqual([true, false, true]);
  });

  it.each([400, 403, 404])(
    'tells again what was answered by no words of Twitch: %d',
    async (status) => {
      let left = 3;
      const { clock, answered, add } = fixture((ids) => {
        left -= 1;
        if (left < 0) return ids;
        throw new TwitchApiError('TWITCH_API_REFUSED', 'A page.', { status });
      });
      add('a');
      await clock.advance('1m');
      expect(answered).toEqual(['a done']);
    },
  );
});
