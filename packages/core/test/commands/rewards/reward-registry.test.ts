import { describe, expect, it } from '@jest/globals';
import {
  pauseOnTwitch,
  type RewardOwner,
  RewardRegistry,
  tuningOf,
} from '../../../src/commands/rewards/reward-registry.js';
import type { RewardOptions } from '../../../src/contracts/reward.js';
import { MemoryLogger } from '../../../src/testing/memory.js';

function owner(id: string, rewards: RewardOwner['rewards'] = {}, place = 0) {
  const life = new AbortController();
  const of: RewardOwner = {
    id,
    log: new MemoryLogger(),
    signal: life.signal,
    tuning: {},
    rewards,
    place: () => place,
  };
  return { of, end: () => life.abort() };
}

const one: RewardOptions<never> = { cost: 100 };
const none = () => {};
const namesOf = (registry: RewardRegistry) => registry.all.map(({ name }) => name);

describe('a reward of an author', () => {
  it('has what goes without saying, and asks for a text where it has arguments', () => {
    const registry = new RewardRegistry();
    registry.add(owner('shop').of, 'confetti [burst:duration]', one, none);
    registry.add(owner('shop').of, 'horn', { ...one, title: ' Loud horn ' }, none);
    expect(registry.find('CONFETTI')).toMatchObject({
      ...{ name: 'confetti', title: 'confetti', cost: 100, input: true, cooldown: 0 },
      ...{ prompt: '', approve: false, onlyLive: false, enabled: true, allow: 'everyone' },
    });
    expect(registry.find('horn')).toMatchObject({ title: 'Loud horn', input: false });
  });

  it('is as the owner of the bot wants it, but for what is code', () => {
    const registry = new RewardRegistry();
    const said = {
      Confetti: { cost: 5, title: 'Boom', input: false, allow: ['vip'], enabled: false },
    };
    registry.add(owner('shop', said).of, 'confetti', { ...one, prompt: 'Loud' }, none);
    expect(registry.find('confetti')).toMatchObject({
      ...{ cost: 5, title: 'Boom', input: false, allow: ['vip'], enabled: false, prompt: 'Loud' },
    });
  });

  it.each<[string, unknown, unknown, string]>([
    ['no handler', one, undefined, 'COMMAND_HANDLER_MISSING'],
    ['its handler first', none, one, 'COMMAND_HANDLER_MISSING'],
    ['no options', null, none, 'COMMAND_HANDLER_MISSING'],
    ['no cost', {}, none, 'REWARD_OPTIONS_INVALID'],
    ['an unknown option', { cost: 1, prize: 2 }, none, 'REWARD_OPTIONS_INVALID'],
  ])('is refused with %s', (_, options, handler, code) => {
    const registry = new RewardRegistry();
    const add = () =>
      registry.add(owner('shop').of, 'confetti', options as never, handler as never);
    expect(add).toThrow(expect.objectContaining({ code }));
    expect(registry.all).toEqual([]);
  });

  it('is refused where plugins.yaml has its name run a command', () => {
    const registry = new RewardRegistry();
    const said = { confetti: { run: 'lamp on', cost: 5 } };
    expect(() => registry.add(owner('shop', said).of, 'confetti', one, none)).toThrow(
      expect.objectContaining({ code: 'REWARD_TAKEN' }),
    );
  });
});

describe('rewards that the owner wrote', () => {
  it('come and go together, and are none without a cost or a command', () => {
    const registry = new RewardRegistry();
    const said = {
      Lamp: { run: 'lamp on', cost: 5 },
      Horn: { run: 'horn', cost: 9 },
      A: { cost: 1 },
      B: { run: 'b' },
    };
    const undo = registry.addRuns(owner('gpio', said).of);
    expect(namesOf(registry)).toEqual(['Horn', 'Lamp']);
    expect(registry.find('lamp')?.work).toEqual({ run: 'lamp on' });
    undo();
    expect(namesOf(registry)).toEqual([]);
  });
});

describe('one name for two', () => {
  it('stays with the plugin that stands first, whoever came first, and is told once', () => {
    const told: string[] = [];
    const registry = new RewardRegistry((reward, { message }) =>
      told.push(`${reward.owner.id}: ${message}`),
    );
    registry.add(owner('second', {}, 2).of, 'lamp', one, none);
    registry.add(owner('first', {}, 1).of, 'Lamp', one, none);
    registry.add(owner('third', {}, 3).of, 'horn', one, none);
    expect(registry.find('lamp')?.owner.id).toBe('first');
    expect(told).toEqual([expect.stringMatching(/^second: The reward "lamp" is that of/)]);
    expect(registry.of('second')).toHaveLength(1);
  });

  it('counts as one where the titles are the same', () => {
    const registry = new RewardRegistry();
    registry.add(owner('first', {}, 1).of, 'lamp', { ...one, title: 'Light' }, none);
    registry.add(owner('second', {}, 2).of, 'light', one, none);
    expect(namesOf(registry)).toEqual(['lamp']);
  });

  it('of one plugin is refused, unless the other is of a life before', () => {
    const registry = new RewardRegistry();
    const before = owner('shop');
    registry.add(before.of, 'lamp', one, none);
    expect(() => registry.add(before.of, 'LAMP', one, none)).toThrow(/REWARD|is twice that/);
    before.end();
    registry.add(owner('shop').of, 'lamp', { cost: 7 }, none);
    expect([registry.find('lamp')?.cost, registry.of('shop').length]).toEqual([7, 1]);
  });
});

describe('a reward whose plugin', () => {
  it('stops stays, as one that is away, until its plugin is gone', () => {
    const registry = new RewardRegistry();
    const shop = owner('shop');
    const undo = registry.add(shop.of, 'lamp', one, none);
    shop.end();
    undo();
    expect(namesOf(registry)).toEqual(['lamp']);
    registry.settle(() => true);
    expect(namesOf(registry)).toEqual(['lamp']);
    registry.settle((id) => id !== 'shop');
    expect(namesOf(registry)).toEqual([]);
  });

  it('runs without it now is forgotten', () => {
    const registry = new RewardRegistry();
    const before = owner('shop');
    registry.add(before.of, 'lamp', one, none);
    before.end();
    registry.add(owner('shop').of, 'horn', one, none);
    registry.settle(() => true);
    expect(namesOf(registry)).toEqual(['horn']);
  });

  it('takes it back while it runs is gone at once', () => {
    const registry = new RewardRegistry();
    registry.add(owner('shop').of, 'lamp', one, none)();
    expect(namesOf(registry)).toEqual([]);
  });
});

describe('who listens', () => {
  it('is told of each change until the undo', () => {
    const registry = new RewardRegistry();
    let heard = 0;
    const off = registry.onChange(() => {
      heard += 1;
    });
    const undo = registry.add(owner('shop').of, 'lamp', one, none);
    undo();
    registry.settle(() => true);
    off();
    registry.settle(() => true);
    expect(heard).toBe(3);
  });
});

describe('what is said of a reward', () => {
  it('is found whatever its case, and is nothing for any other', () => {
    const tunings = { Lamp: { cost: 5 } };
    expect(tuningOf(tunings, 'LAMP')).toEqual({ cost: 5 });
    expect([tuningOf(tunings, 'horn'), tuningOf({}, 'constructor')]).toEqual([{}, {}]);
  });

  it('gives Twitch the pause of the channel, since it has but one', () => {
    expect(pauseOnTwitch({ channel: '1s', everyone: '2s' })).toBe('1s');
    expect(pauseOnTwitch({ everyone: '2s', user: '3s' })).toBe('2s');
    expect([pauseOnTwitch({ user: '3s' }), pauseOnTwitch(undefined), pauseOnTwitch('4s')]).toEqual([
      undefined,
      undefined,
      '4s',
    ]);
  });
});
