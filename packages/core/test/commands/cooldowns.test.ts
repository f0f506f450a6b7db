import { beforeEach, describe, expect, it } from '@jest/globals';
import { type CooldownRules, Cooldowns, toCooldownRules } from '../../src/commands/cooldowns.js';
import type { Role } from '../../src/contracts/chat.js';
import type { Cooldown } from '../../src/contracts/command.js';
import { makeUser } from '../../src/testing/fake-chat.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

let clock: ManualClock;
let cooldowns: Cooldowns;

beforeEach(() => {
  clock = new ManualClock();
  cooldowns = new Cooldowns(clock);
});

interface Caller {
  readonly as?: string;
  readonly roles?: readonly Role[];
  readonly channel?: string;
  readonly group?: string;
}

function take(cooldown: Cooldown | undefined, caller?: Caller) {
  return takeBy(toCooldownRules(cooldown), caller);
}

/** By rules that were read once, as those of a command are. */
function takeBy(rules: CooldownRules, caller: Caller = {}) {
  return cooldowns.take({
    group: caller.group ?? 'lamp',
    user: makeUser(caller),
    channel: caller.channel ?? 'test',
    rules,
  });
}

const retryAfter = (answer: ReturnType<typeof take>) => (answer.allowed ? 0 : answer.retryAfter);

describe('Cooldowns', () => {
  it('allows everything where there is no cooldown', () => {
    expect(take(undefined).allowed).toBe(true);
    expect(take(undefined).allowed).toBe(true);
  });

  it('holds each user up for the time of "user"', async () => {
    take({ user: '30s' }, { as: 'alice' });
    await clock.advance('10s');
    expect(retryAfter(take({ user: '30s' }, { as: 'alice' }))).toBe(20_000);
    expect(take({ user: '30s' }, { as: 'bob' }).allowed).toBe(true);
    await clock.advance('20s');
    expect(take({ user: '30s' }, { as: 'alice' }).allowed).toBe(true);
  });

  it('holds a channel up for the time of "channel"', () => {
    take({ channel: '30s' }, { as: 'alice', channel: 'one' });
    expect(take({ channel: '30s' }, { as: 'bob', channel: 'one' }).allowed).toBe(false);
    expect(take({ channel: '30s' }, { as: 'bob', channel: 'two' }).allowed).toBe(true);
  });

  it('holds everyone up across channels, also for a duration alone', () => {
    for (const cooldown of [{ everyone: '5s' }, '5s'] as const) {
      const group = JSON.stringify(cooldown);
      take(cooldown, { as: 'alice', channel: 'one', group });
      expect(retryAfter(take(cooldown, { as: 'bob', channel: 'two', group }))).toBe(5_000);
    }
  });

  it('waits for the longest of several', () => {
    take({ user: '60s', everyone: '10s' }, { as: 'alice' });
    expect(retryAfter(take({ user: '60s', everyone: '10s' }, { as: 'alice' }))).toBe(60_000);
    expect(retryAfter(take({ user: '60s', everyone: '10s' }, { as: 'bob' }))).toBe(10_000);
  });

  it('replaces the others for who holds a role; the highest held counts', async () => {
    const cooldown = { everyone: '60s', vip: '5s', moderator: 0 } as const;
    take(cooldown, { as: 'alice' });
    expect(take(cooldown, { as: 'mod', roles: ['vip', 'moderator'] }).allowed).toBe(true);
    expect(take(cooldown, { as: 'mod', roles: ['vip', 'moderator'] }).allowed).toBe(true);
    expect(take(cooldown, { as: 'vip', roles: ['vip'] }).allowed).toBe(true);
    expect(retryAfter(take(cooldown, { as: 'vip', roles: ['vip'] }))).toBe(5_000);
  });

  it('shares the cooldown of a group', () => {
    take('5s', { group: 'lights' });
    expect(take('5s', { group: 'lights' }).allowed).toBe(false);
    expect(take('5s', { group: 'sounds' }).allowed).toBe(true);
  });

  it('gives a cooldown back', () => {
    const answer = take({ user: '30s', everyone: '5s' });
    if (answer.allowed) answer.refund();
    expect(take({ user: '30s', everyone: '5s' }).allowed).toBe(true);
  });

  it('gives back only its own cooldown, not one that was started since', async () => {
    const cooldown = { everyone: '30s', vip: 0 } as const;
    const slow = take(cooldown, { as: 'alice' });
    await clock.advance('10s');
    take(cooldown, { as: 'vip', roles: ['vip'] });
    if (slow.allowed) slow.refund();
    expect(retryAfter(take(cooldown, { as: 'bob' }))).toBe(30_000);
  });

  it('says who hears of a cooldown for the first time', async () => {
    const first = (as: string) => {
      const answer = take('30s', { as });
      return answer.allowed ? 'allowed' : answer.first;
    };
    expect(['a', 'b', 'b', 'c', 'b'].map(first)).toEqual(['allowed', true, false, true, false]);
    await clock.advance('30s');
    expect(['a', 'b', 'b'].map(first)).toEqual(['allowed', true, false]);
  });

  it('forgets cooldowns that ended', async () => {
    for (let i = 0; i < 5_000; i++) {
      take({ user: '1s' }, { as: `user${i}` });
      if (i % 500 === 0) await clock.advance('1s');
    }
    expect(cooldowns.size).toBeLessThan(2_000);
  });

  it('forgets of a long cooldown for all whom it told, when they are too many', () => {
    take('1h', { as: 'alice' });
    let told = 0;
    const rules = toCooldownRules('1h');
    const begun = performance.now();
    for (let index = 0; index < 100_000; index++) {
      const answer = takeBy(rules, { as: `viewer${index}` });
      if (!answer.allowed && answer.first) told += 1;
    }
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(told).toBe(5_000);
    expect(cooldowns.size).toBeLessThan(6_000);
    expect(retryAfter(take('1h', { as: 'bob' }))).toBe(3_600_000);
  });

  it('keeps the cooldowns of a bounded number of viewers, and all of those that viewers share', async () => {
    take('10s', { group: 'shared' });
    const rules = toCooldownRules({ user: '1h' });
    for (let index = 0; index < 100_000; index++) {
      if (index % 100 === 0) await clock.advance(1);
      takeBy(rules, { as: `viewer${index}` });
    }
    expect(cooldowns.size).toBeLessThanOrEqual(20_001);
    expect(take('10s', { group: 'shared' }).allowed).toBe(false);
    expect(take({ user: '1h' }, { as: 'viewer99999' }).allowed).toBe(false);
  });
});
