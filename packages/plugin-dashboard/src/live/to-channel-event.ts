import type { FeedChoice, FeedEvent } from '../shared/feed.js';
import { toActor } from './to-feed-user.js';

/** Longest text of a fact. */
const longestFact = 300;

/** Puts whatever happens in a channel into facts by name: only what can be shown. */
export function toChannelEvent(name: string, data: unknown): FeedEvent {
  const { user, ...rest } =
    typeof data === 'object' && data !== null ? { user: undefined, ...data } : {};
  const facts: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(rest)) {
    const fact = toFact(value);
    if (fact !== undefined && key !== 'channel') facts[key] = fact;
  }
  const who = toActor(user);
  const choices = toChoices(Reflect.get(rest, 'choices') ?? Reflect.get(rest, 'outcomes'));
  return { type: 'event', name, ...(who && { user: who }), facts, ...(choices && { choices }) };
}

/** Of what is more than a word, its title or name is told. */
function toFact(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string') return value.slice(0, longestFact);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { value: amount, currency } = { value: undefined, currency: undefined, ...value };
  if (typeof amount === 'number' && typeof currency === 'string') return `${amount} ${currency}`;
  for (const key of ['title', 'displayName', 'text', 'login']) {
    const found: unknown = Reflect.get(value, key);
    if (typeof found === 'string') return found.slice(0, longestFact);
  }
  return undefined;
}

/** Twitch has at most ten. */
const mostChoices = 10;

/** What one could vote for, or bet on. */
function toChoices(list: unknown): readonly FeedChoice[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.slice(0, mostChoices).flatMap((each: unknown) => {
    const read = (key: string): unknown =>
      typeof each === 'object' && each !== null ? Reflect.get(each, key) : undefined;
    const title = read('title');
    const votes = read('votes') ?? read('points');
    if (typeof title !== 'string') return [];
    return [{ title: title.slice(0, longestFact), votes: typeof votes === 'number' ? votes : 0 }];
  });
}
