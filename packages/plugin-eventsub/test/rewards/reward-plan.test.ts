import { describe, expect, it } from '@jest/globals';
import type { TwitchReward } from '../../src/rewards/helix-rewards.js';
import type { KeptReward } from '../../src/rewards/kept-rewards.js';
import { type DesiredReward, type PlanInput, planRewards } from '../../src/rewards/reward-plan.js';

const wanted = (name: string, more: Partial<DesiredReward> = {}): DesiredReward => ({
  ...{ name, plugin: 'gpio', title: name, cost: 500, prompt: '', input: false, cooldown: 0 },
  ...{ approve: false, onlyLive: false, runs: `run ${name}`, paused: false },
  ...more,
});

const there = (title: string, more: Partial<TwitchReward> = {}): TwitchReward => ({
  ...{ id: `id of ${title}`, title, cost: 500, prompt: '', input: false, cooldown: 0 },
  ...{ maxPerStream: 0, maxPerUser: 0, color: '#9147FF', paused: false, enabled: true },
  skipsQueue: false,
  ...more,
});

const kept = (name: string, more: Partial<KeptReward> = {}): [string, KeptReward] => [
  name,
  { id: `id of ${name}`, plugin: 'gpio', runs: `run ${name}`, ...more },
];

function plan(input: Partial<PlanInput>) {
  const { ours = [] } = input;
  return planRewards({ wanted: [], kept: new Map(), ours, everybodys: ours, ...input });
}

describe('the plan of rewards', () => {
  it('makes what is missing', () => {
    expect(plan({ wanted: [wanted('a', { cooldown: 1_500, maxPerUser: 2 })] })).toEqual([
      {
        ...{ name: 'a', do: 'create' },
        settings: {
          ...{ title: 'a', cost: 500, prompt: '', input: false, paused: false },
          ...{ cooldown: 2, maxPerStream: 0, maxPerUser: 2 },
        },
      },
    ]);
  });

  it('leaves alone what is as it should be, and changes what differs', () => {
    const ours = [there('a'), there('b', { cost: 1, color: '#000000' })];
    expect(
      plan({
        wanted: [wanted('a', { color: '#9147ff' }), wanted('b')],
        ...{ kept: new Map([kept('a'), kept('b')]), ours },
      }),
    ).toEqual([
      { name: 'a', do: 'keep', id: 'id of a' },
      { name: 'b', do: 'change', id: 'id of b', settings: { cost: 500 } },
    ]);
  });

  it('shows again what somebody hid, and lets nothing skip the queue', () => {
    const ours = [there('a', { enabled: false }), there('b', { skipsQueue: true })];
    const steps = plan({ wanted: [wanted('a'), wanted('b')], ours });
    expect(steps.map((step) => step.do)).toEqual(['change', 'change']);
  });

  it('renames a reward whose title changed in plugins.yaml', () => {
    expect(
      plan({
        wanted: [wanted('a', { title: 'New' })],
        ...{ kept: new Map([kept('a')]), ours: [there('a')] },
      }),
    ).toEqual([{ name: 'a', do: 'change', id: 'id of a', settings: { title: 'New' } }]);
  });

  it('renames one whose name changed, by what it runs', () => {
    const now = wanted('New', { runs: 'run a' });
    expect(plan({ wanted: [now], kept: new Map([kept('a')]), ours: [there('a')] })).toEqual([
      { name: 'New', do: 'change', id: 'id of a', settings: { title: 'New' } },
    ]);
  });

  it('does not guess which of two that run the same was renamed', () => {
    const ours = [there('a'), there('b')];
    const steps = plan({
      wanted: [wanted('New', { runs: 'same' })],
      ...{ kept: new Map([kept('a', { runs: 'same' }), kept('b', { runs: 'same' })]), ours },
    });
    expect(steps.map((step) => `${step.do} ${step.name}`)).toEqual([
      'retire a',
      'retire b',
      'create New',
    ]);
  });

  it('finds its own again by their titles when it has forgotten them', () => {
    expect(plan({ wanted: [wanted('a', { title: 'LAMP' })], ours: [there('Lamp')] })).toEqual([
      { name: 'a', do: 'change', id: 'id of Lamp', settings: { title: 'LAMP' } },
    ]);
  });

  it('retires what nobody wants any more, once, and touches nothing of others', () => {
    const input = {
      ours: [there('a'), there('b')],
      everybodys: [there('a'), there('b'), there('c')],
    };
    expect(plan({ ...input, kept: new Map([kept('a')]) })).toEqual([
      { name: 'a', do: 'retire', id: 'id of a' },
    ]);
    const hidden = [there('a', { enabled: false })];
    expect(plan({ kept: new Map([kept('a', { gone: true })]), ours: hidden })).toEqual([]);
    expect(plan({ kept: new Map([kept('a')]), ours: [] })).toEqual([]);
  });

  it('refuses a title that somebody else has', () => {
    expect(plan({ wanted: [wanted('a')], everybodys: [there('A ')] })).toEqual([
      { name: 'a', do: 'refuse', why: 'title taken' },
    ]);
  });

  it('makes room among its own hidden ones, and refuses what has no room', () => {
    const others = Array.from({ length: 49 }, (_, n) => there(`other ${n}`));
    const hidden = there('old', { enabled: false });
    const steps = plan({
      wanted: [wanted('a'), wanted('b')],
      kept: new Map([kept('old', { gone: true })]),
      ...{ ours: [hidden], everybodys: [...others, hidden] },
    });
    expect(steps.map((step) => `${step.do} ${step.name}`)).toEqual([
      'remove old',
      'create a',
      'refuse b',
    ]);
  });
});
