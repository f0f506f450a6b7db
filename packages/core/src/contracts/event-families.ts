import type {
  CharityEvent,
  GoalEvent,
  HypeTrainEvent,
  Money,
  PollEvent,
  PredictionEvent,
  ShieldModeEvent,
  ShoutoutEvent,
} from './channel-events.js';
import type { ChatUser } from './chat.js';
import type { Condition, EventFacts } from './event-conditions.js';

/** At least and at most so many, of a number that the event has. */
export function amount<Key extends string>(what: string, key: Key) {
  return amountOf(what, (event: { readonly [name in Key]?: number }) => event[key]);
}

/** At least and at most so many. */
export function amountOf<Event>(what: string, of: (event: Event) => number | undefined) {
  const min: Condition<Event> = { kind: 'least', about: `At least so many ${what}.`, of };
  const max: Condition<Event> = { kind: 'most', about: `At most so many ${what}.`, of };
  return { min, max };
}

/** One of the words that the event has. */
export function word<Event>(
  about: string,
  ...of: readonly ((event: Event) => string | undefined)[]
): Condition<Event> {
  return { kind: 'word', about, of: (event) => of.map((each) => each(event)) };
}

/** True or false. */
export function yes<Event>(
  about: string,
  of: (event: Event) => boolean | undefined,
): Condition<Event> {
  return { kind: 'yes', about, of };
}

/** The viewer. */
export const user = {
  user: ({ user }: { readonly user: ChatUser | undefined }) => user?.displayName,
};
/** The tier of a subscription. */
export const tier = word(
  'Its tier: prime, 1, 2 or 3.',
  ({ tier }: { readonly tier: string }) => tier,
);
/** The title. */
export const title = { title: ({ title }: { readonly title: string }) => title };
/** What is asked of a reward. */
export const rewards = 'The reward, by its id or its title; one, or a list.';

/** Money in words. */
export const money = ({ value, currency }: Money) => `${value} ${currency}`;

/** A hype train. */
export const train = (
  about: string,
  once?: EventFacts<HypeTrainEvent>['once'],
): EventFacts<HypeTrainEvent> => ({
  about,
  conditions: {
    level: { kind: 'least', about: 'At least this level.', of: ({ level }) => level },
    kind: word('regular, treasure or golden_kappa.', ({ kind }) => kind),
  },
  values: { level: ({ level }) => String(level), total: ({ total }) => String(total) },
  ...(once ? { once } : {}),
});

const ended = {
  status: ({ status }: { readonly status?: string }) => status,
  winner: ({ winner }: { readonly winner?: string }) => winner,
};

/** A poll. */
export const poll = (about: string, isEnd = false): EventFacts<PollEvent> => ({
  about,
  conditions: {
    title: word('Its title.', ({ title }) => title),
    ...(isEnd
      ? {
          status: word('How it ended: completed, archived or terminated.', ended.status),
          winner: word('The choice that won.', ended.winner),
        }
      : {}),
  },
  values: isEnd ? { ...title, winner: ended.winner } : title,
});

/** A prediction. */
export const prediction = (about: string, isEnd = false): EventFacts<PredictionEvent> => ({
  about,
  conditions: {
    title: word('Its title.', ({ title }) => title),
    ...(isEnd
      ? {
          status: word('How it ended: resolved or canceled.', ended.status),
          winner: word('The outcome that won.', ended.winner),
        }
      : {}),
  },
  values: isEnd ? { ...title, winner: ended.winner } : title,
});

/** A shoutout. */
export const shoutout = (about: string): EventFacts<ShoutoutEvent> => ({
  about,
  conditions: amount('viewers', 'viewers'),
  values: {
    other: ({ other }) => other.displayName,
    viewers: ({ viewers }) => String(viewers),
  },
});

/** A goal. */
export const goal = (about: string, isEnd = false): EventFacts<GoalEvent> => ({
  about,
  conditions: {
    kind: word('Such as follow, subscription or new_bit.', ({ kind }) => kind),
    ...amount('of what is counted', 'current'),
    ...(isEnd ? { achieved: yes('Whether it was reached.', ({ achieved }) => achieved) } : {}),
  },
  values: {
    goal: ({ description }) => description,
    current: ({ current }) => String(current),
    target: ({ target }) => String(target),
  },
});

/** A charity campaign. */
export const charity = (about: string): EventFacts<CharityEvent> => ({
  about,
  conditions: amountOf('units of money so far', ({ current }: CharityEvent) => current.value),
  values: {
    charity: ({ charity }) => charity,
    current: ({ current }) => money(current),
    target: ({ target }) => money(target),
  },
});

/** The shield. */
export const shield = (about: string): EventFacts<ShieldModeEvent> => ({
  about,
  conditions: {},
  values: { moderator: ({ moderator }) => moderator.displayName },
});
