import { describe, expect, it } from '@jest/globals';
import type { Trail } from '../../../src/page/why/trail.js';
import { trailsOf } from '../../../src/page/why/trails.js';
import { Told } from '../told.js';

const told = (trail: Trail | undefined) =>
  trail?.steps.map(({ stage, text, isEnd }) => `${isEnd ? 'END ' : ''}${stage}: ${text}`);

const stagesOf = (trail: Trail | undefined) => trail?.steps.map(({ stage }) => stage);

describe('the way of a command', () => {
  it('goes through each station to the pin and the reply', () => {
    const { feed } = new Told()
      .add(4, 'pin', {
        gadget: 'lamp',
        pin: 'GPIO17',
        on: true,
        cause: { by: 'alice', messageId: 'm' },
      })
      .add(5, 'reply', { channel: 'c', text: 'lamp is on', replyTo: 'm' })
      .run(6, 'alice', 'lamp', 'm')
      .say(7, 'alice', '!lamp on 5s', 'm')
      .add(5_004, 'pin', {
        gadget: 'lamp',
        pin: 'GPIO17',
        on: false,
        cause: { by: 'alice', messageId: 'm' },
      });
    const [trail, ...others] = trailsOf(feed);
    expect(others).toEqual([]);
    expect(trail).toMatchObject({ who: 'alice', outcome: 'ran', at: 4, kind: 'message' });
    expect(told(trail)).toEqual([
      'heard: !lamp on 5s',
      'parsed: lamp of gpio',
      'role: everyone',
      'arguments: on 5s',
      'cooldown: none left',
      'queue: done in 2 ms',
      'guard: let it pass',
      'driver: lamp on at GPIO17',
      'driver: lamp off at GPIO17',
      'reply: lamp is on',
    ]);
  });

  it.each([
    ['starting', 'heard'],
    ['unknown', 'parsed'],
    ['role', 'role'],
    ['gadget.value', 'arguments'],
    ['cooldown', 'cooldown'],
    ['gadget.queue', 'queue'],
    ['pin.maxOn', 'guard'],
    ['estop', 'guard'],
    ['unmoved', 'driver'],
    ['unsaid', 'reply'],
    ['of.a.plugin', 'guard'],
  ])('refused for %s ends at %s', (reason, stage) => {
    const { feed } = new Told().say(1, 'bob', '!lamp on', 'm').refuse(2, 'bob', reason, 'm');
    const [trail] = trailsOf(feed);
    expect(trail?.outcome).toBe('refused');
    expect(trail?.steps.at(-1)).toMatchObject({ stage, isEnd: true });
    expect(trail?.unreached).not.toContain(stage);
    const reached = stagesOf(trail) ?? [];
    expect(reached.filter((each) => trail?.unreached.includes(each as never))).toEqual([]);
  });

  it('names the stations that were not reached, and when it would be allowed', () => {
    const { feed } = new Told().say(1, 'bob', '!lamp on', 'm').add(2, 'refusal', {
      reason: 'cooldown',
      command: 'lamp',
      user: { login: 'bob', name: 'Bob', roles: ['vip'], badges: {} },
      messageId: 'm',
      retryAfter: 4_200,
    });
    const [trail] = trailsOf(feed);
    expect(told(trail)?.at(-1)).toBe(
      'END cooldown: refused: cooldown, it is on cooldown, again in 5 s',
    );
    expect(told(trail)).toContain('role: vip');
    expect(trail?.unreached).toEqual(['queue', 'guard', 'driver', 'reply']);
  });

  it('tells few of the movements of one that blinks', () => {
    const blinking = new Told().say(0, 'bob', '!lamp blink 20', 'm').run(1, 'bob', 'lamp', 'm');
    for (let count = 0; count < 40; count++) {
      const cause = { by: 'bob', messageId: 'm' };
      blinking.add(count * 300, 'pin', {
        gadget: 'lamp',
        pin: 'GPIO17',
        on: count % 2 === 0,
        cause,
      });
    }
    const [trail] = trailsOf(blinking.feed);
    const moves = trail?.steps.filter(({ stage }) => stage === 'driver') ?? [];
    expect(moves).toHaveLength(6);
    expect(moves.at(-1)?.text).toBe('and 35 more times');
  });

  it('shows a plain line as one that asked for nothing, and a handler that failed', () => {
    const { feed } = new Told()
      .say(1, 'bob', 'hello', 'plain')
      .say(2, 'bob', '!dice', 'm')
      .add(3, 'fault', { plugin: 'dice', where: 'command dice', messageId: 'm', text: 'no dice' });
    const [failed, plain] = trailsOf(feed);
    expect(plain).toMatchObject({ outcome: 'told', command: '', what: 'hello' });
    expect(told(failed)).toContain('END driver: failed: no dice');
  });
});

describe('the way of a redemption', () => {
  const redemption = { id: 'r', reward: 'lamp', title: 'Lamp', cost: 500 };
  const user = { login: 'alice', name: 'Alice', roles: [], badges: {} };
  const redeemed = () =>
    new Told().happen(1, 'redeem', { redemptionId: 'r', title: 'Lamp', cost: 500 }, 'alice');

  it('passes neither role nor cooldown, moves its pin, and is fulfilled', () => {
    const { feed } = redeemed()
      .add(2, 'pin', {
        gadget: 'lamp',
        pin: 'GPIO17',
        on: true,
        cause: { by: 'alice', reward: 'lamp' },
      })
      .add(3, 'command', {
        command: 'lamp',
        plugin: 'gpio',
        user,
        messageId: '',
        took: 1,
        redemption,
      })
      .happen(
        4,
        'redeemUpdate',
        { redemptionId: 'r', title: 'Lamp', status: 'fulfilled' },
        'alice',
      );
    const [trail, ...others] = trailsOf(feed);
    expect(others).toEqual([]);
    expect(trail).toMatchObject({ kind: 'redemption', outcome: 'ran', who: 'alice' });
    expect(stagesOf(trail)).toEqual([
      'heard',
      'parsed',
      'arguments',
      'queue',
      'guard',
      'driver',
      'settled',
      'settled',
    ]);
    expect(told(trail)?.at(-2)).toBe('settled: fulfilled: 500 points are spent');
  });

  it('ends where it was refused, with the points back', () => {
    const { feed } = redeemed().add(3, 'refusal', {
      reason: 'pin.already',
      command: 'lamp',
      user,
      messageId: '',
      text: 'lamp is on already.',
      redemption,
    });
    const [trail] = trailsOf(feed);
    expect(told(trail)?.slice(-2)).toEqual([
      'END guard: refused: pin.already, lamp is on already.',
      'settled: refunded: 500 points go back',
    ]);
  });
});

describe('the way of what chat did not ask for', () => {
  it('belongs to the event that set it off, or says why nothing was', () => {
    const { feed } = new Told()
      .happen(1, 'raid', { viewers: 50 }, 'bob')
      .add(2, 'pin', {
        gadget: 'lamp',
        pin: 'GPIO17',
        on: true,
        cause: { by: 'raid', event: 'raid' },
      })
      .add(3, 'reaction', { event: 'raid', plugin: 'gpio', did: 'lamp blink' })
      .happen(9, 'follow', {}, 'carla')
      .add(10, 'reaction', { event: 'follow', plugin: 'gpio', text: 'everything is stopped' });
    const [follow, raid] = trailsOf(feed);
    expect(raid).toMatchObject({ outcome: 'ran', who: 'bob', what: 'raids with 50 viewers' });
    expect(told(raid)).toEqual([
      'event: heard as raid',
      'event: gpio: lamp blink',
      'driver: lamp on at GPIO17',
    ]);
    expect(follow).toMatchObject({ outcome: 'refused' });
    expect(told(follow)?.at(-1)).toBe('END event: gpio set nothing off: everything is stopped');
  });

  it('is one way for what the owner or the guard did', () => {
    const owner = { by: 'the owner' };
    const { feed } = new Told()
      .add(1, 'pin', { gadget: 'lamp', pin: 'GPIO17', on: true, cause: owner })
      .add(2, 'gadget', { gadget: 'lamp', event: 'on', state: 'on', cause: owner })
      .add(9_000, 'pin', {
        gadget: 'lamp',
        pin: 'GPIO17',
        on: false,
        cause: { by: 'the guard (maxOn)' },
      });
    expect(trailsOf(feed).map(({ who, what }) => `${who}: ${what}`)).toEqual([
      'the guard (maxOn): lamp off',
      'the owner: lamp on',
    ]);
  });

  it('has no ways where nothing was heard', () => {
    expect(trailsOf([])).toEqual([]);
  });
});
