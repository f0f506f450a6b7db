import { describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '@pertybot/twitch-simulator';
import { RunningShows, type ShowHappening } from '../../../src/dev/players/running-shows.js';

/** A channel of which only is noted what was to happen in it. */
function stage() {
  const deeds: string[] = [];
  const note = (deed: string) => {
    deeds.push(deed);
  };
  const channels = {
    hypeTrain: ({ level }: { level: number }) => {
      note(`train at ${level}`);
      const train = {
        running: true,
        end: () => {
          train.running = false;
        },
      };
      return train;
    },
    poll: ({ title, choices }: { title: string; choices: readonly string[] }) => {
      note(`poll ${title}`);
      const poll = {
        status: undefined as string | undefined,
        choices: choices.map((each) => ({ title: each })),
        vote: (choice: string, votes: number) => {
          note(`${votes} for ${choice}`);
          return choices.includes(choice);
        },
        end: (status: string) => {
          poll.status = status;
          note(`poll ${status}`);
        },
      };
      return poll;
    },
    prediction: ({ title, outcomes }: { title: string; outcomes: readonly string[] }) => {
      note(`prediction ${title}`);
      const prediction = {
        status: 'active',
        outcomes: outcomes.map((each) => ({ title: each })),
        lock: () => {
          prediction.status = 'locked';
        },
        cancel: () => {
          prediction.status = 'canceled';
        },
        resolve: (outcome: string) => {
          if (!outcomes.includes(outcome)) return false;
          prediction.status = 'resolved';
          note(`${outcome} wins`);
          return true;
        },
      };
      return prediction;
    },
    goal: ({ target }: { target: number }) => {
      note(`goal ${target}`);
      return { running: true, advance: (amount: number) => note(`goal +${amount}`) };
    },
    charity: ({ charity }: { charity: string }) => {
      note(`charity ${charity}`);
      const campaign = {
        running: true,
        stop: () => {
          campaign.running = false;
        },
        donate: ({ as, amount }: { as: { login: string }; amount: number }) =>
          note(`${as.login} gives ${amount}`),
      };
      return campaign;
    },
  };
  // Of a simulated Twitch nothing else is touched.
  const shows = new RunningShows({ channels } as unknown as Pick<TwitchSimulator, 'channels'>);
  return { deeds, run: (event: ShowHappening) => shows.run('streamer', event) };
}

const by = { login: 'alice', roles: [] };
const poll: ShowHappening = { kind: 'poll', title: 'Which', choices: ['red', 'blue'] };
const prediction: ShowHappening = { kind: 'prediction', title: 'Will it', outcomes: ['yes', 'no'] };
const charity: ShowHappening = { kind: 'charity', charity: 'Lamps', target: 500 };

describe('what goes on for a while', () => {
  it.each([
    [{ kind: 'hypeTrainEnd' }, 'hype train'],
    [{ kind: 'vote', choice: 'red', votes: 1 }, 'poll'],
    [{ kind: 'pollEnd' }, 'poll'],
    [{ kind: 'predictionLock' }, 'prediction'],
    [{ kind: 'predictionEnd', outcome: 'yes' }, 'prediction'],
    [{ kind: 'goalAdvance', amount: 1 }, 'goal'],
    [{ kind: 'charityStop' }, 'charity campaign'],
    [{ kind: 'donate', by, amount: 5 }, 'charity campaign'],
  ] as const)('does not go on before it began: %j', (event, what) => {
    const { run, deeds } = stage();
    // The kinds above are those that need something that runs.
    expect(run(event as ShowHappening)).toEqual({
      fault: `No ${what} runs.`,
      hint: expect.stringMatching(/^Write such as .+ first\.$/),
    });
    expect(deeds).toEqual([]);
  });

  it('begins, and goes on until it ends', () => {
    const { run, deeds } = stage();
    for (const event of [
      { kind: 'hypeTrain', level: 3 } as const,
      poll,
      { kind: 'vote', choice: 'red', votes: 4 } as const,
      { kind: 'goal', target: 10, description: 'more' } as const,
      { kind: 'goalAdvance', amount: 2 } as const,
      charity,
      { kind: 'donate', by, amount: 5 } as const,
    ]) {
      expect(run(event as ShowHappening)).toBeUndefined();
    }
    expect(deeds).toEqual([
      ...['train at 3', 'poll Which', '4 for red', 'goal 10', 'goal +2'],
      ...['charity Lamps', 'alice gives 5'],
    ]);
  });

  it('has ended once it ended', () => {
    const { run } = stage();
    run(poll);
    expect(run({ kind: 'pollEnd' })).toBeUndefined();
    expect(run({ kind: 'pollEnd' })).toMatchObject({ fault: 'No poll runs.' });
    expect(run({ kind: 'vote', choice: 'red', votes: 1 })).toMatchObject({
      fault: 'No poll runs.',
    });
    run(charity);
    expect(run({ kind: 'charityStop' })).toBeUndefined();
    expect(run({ kind: 'charityStop' })).toMatchObject({ fault: 'No charity campaign runs.' });
    run({ kind: 'hypeTrain', level: 1 });
    expect(run({ kind: 'hypeTrainEnd' })).toBeUndefined();
    expect(run({ kind: 'hypeTrainEnd' })).toMatchObject({ fault: 'No hype train runs.' });
  });

  it('is decided also when it is locked, and never twice', () => {
    const { run, deeds } = stage();
    run(prediction);
    expect(run({ kind: 'predictionLock' })).toBeUndefined();
    expect(run({ kind: 'predictionLock' })).toMatchObject({ fault: 'No prediction runs.' });
    expect(run({ kind: 'predictionEnd', outcome: 'perhaps' })).toEqual({
      fault: 'The prediction has no "perhaps".',
      hint: 'Its outcomes: yes, no.',
    });
    expect(run({ kind: 'predictionEnd', outcome: 'yes' })).toBeUndefined();
    expect(run({ kind: 'predictionEnd', outcome: 'no' })).toMatchObject({
      fault: 'No prediction runs.',
    });
    expect(deeds.at(-1)).toBe('yes wins');
  });

  it('can be called off, and begun anew', () => {
    const { run } = stage();
    run(prediction);
    expect(run({ kind: 'predictionEnd', outcome: undefined })).toBeUndefined();
    expect(run({ kind: 'predictionLock' })).toMatchObject({ fault: 'No prediction runs.' });
    run(prediction);
    expect(run({ kind: 'predictionLock' })).toBeUndefined();
  });
});
