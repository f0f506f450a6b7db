import { describe, expect, it } from '@jest/globals';
import type { CommandInfo } from '../../src/contracts/command.js';
import type { RewardTrace } from '../../src/contracts/declaration.js';
import { foreseeRewards } from '../../src/host/foresee-rewards.js';

type Rewards = Parameters<typeof foreseeRewards>[0]['rewards'];

const lamp = { name: 'lamp' } as CommandInfo;

const foreseen = (rewards: Rewards, own: readonly RewardTrace[] = []) =>
  foreseeRewards({ id: 'gpio', rewards }, own, (run) =>
    run.startsWith('lamp') ? { command: lamp, words: run.slice(4) } : undefined,
  );

describe('rewards that the owner wrote', () => {
  it('are what he said, and what goes without saying', () => {
    expect(foreseen({ Lamp: { run: 'lamp on 1m', cost: 500 } })).toEqual([
      {
        name: 'Lamp',
        plugin: 'gpio',
        title: 'Lamp',
        cost: 500,
        input: false,
        cooldown: 0,
        runs: { command: lamp, words: ' on 1m' },
      },
    ]);
  });

  it('have all their limits, and the pause that Twitch will keep', () => {
    const said = { run: 'lamp', cost: 1, title: 'Light', input: true, maxPerStream: 5 };
    expect(foreseen({ a: { ...said, cooldown: 30_000 } })).toMatchObject([
      { title: 'Light', input: true, cooldown: 30_000, maxPerStream: 5 },
    ]);
    expect(
      foreseen({ a: { ...said, cooldown: { everyone: 2_000, channel: 1_000 } } }),
    ).toMatchObject([{ cooldown: 1_000 }]);
    expect(foreseen({ a: { ...said, cooldown: { channel: 1_000 } } })).toMatchObject([
      { cooldown: 1_000 },
    ]);
    expect(foreseen({ a: { ...said, cooldown: { user: 9_000 } } })).toMatchObject([
      { cooldown: 0 },
    ]);
  });

  it('say who may redeem them, where the owner does', () => {
    const [open, closed] = foreseen({
      a: { run: 'lamp', cost: 1 },
      b: { run: 'lamp', cost: 1, allow: ['vip'] },
    });
    expect([open && 'allow' in open, closed?.allow]).toEqual([false, ['vip']]);
  });

  it('are none without a cost or a command, or when they are off', () => {
    expect(
      foreseen({ a: { run: 'lamp' }, b: { cost: 5 }, c: { run: 'lamp', cost: 5, enabled: false } }),
    ).toEqual([]);
  });

  it('run nothing where there is no such command', () => {
    expect(foreseen({ a: { run: 'horn', cost: 5 } })).toMatchObject([{ runs: undefined }]);
  });
});

describe('rewards of an author', () => {
  const trace = {
    name: 'confetti',
    title: 'Confetti',
    cost: 100,
    cooldown: 5_000,
    maxPerStream: 9,
  };

  it('are as they were when the plugin ran last, and ask viewers for what their signature has', () => {
    expect(foreseen({}, [trace])).toEqual([{ ...trace, plugin: 'gpio', input: true }]);
  });

  it('are as the owner tunes them, whatever case he writes their name in', () => {
    expect(foreseen({ Confetti: { title: 'Party', cost: 900, cooldown: 1_000 } }, [trace])).toEqual(
      [{ ...trace, title: 'Party', cost: 900, cooldown: 1_000, plugin: 'gpio', input: true }],
    );
  });

  it('are none when the owner switches them off', () => {
    expect(foreseen({ confetti: { enabled: false } }, [trace])).toEqual([]);
  });

  it('stand behind those that the owner wrote', () => {
    const all = foreseen({ Lamp: { run: 'lamp', cost: 1 } }, [trace]);
    expect(all.map(({ name }) => name)).toEqual(['Lamp', 'confetti']);
  });
});
