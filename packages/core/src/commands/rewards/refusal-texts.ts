import type { Refusal } from '../../contracts/command.js';
import { formatDuration } from '../../contracts/duration.js';
import { describeAllow } from '../allow.js';
import type { RegisteredReward } from './reward-registry.js';

/** What a viewer is told of points that come back, by core's own reasons. */
const texts: Readonly<Record<string, string>> = {
  starting: 'The bot is still starting.',
  stopping: 'The bot stops.',
  unknown: 'There is no such reward now.',
  disabled: '{title} is switched off.',
  role: '{title} is for {allowed}.',
  arguments: 'Usage: {usage}',
  queue: 'Enough of yours is waiting already.',
  stopped: 'Everything was stopped.',
  cooldown: '{title} can be redeemed again in {wait}.',
  busy: 'Too many of {title} are going on.',
  fault: '{title} fails at the moment.',
  offline: '{title} waits for the stream to be live.',
  timeout: '{title} took too long.',
  withdrawn: 'It was settled elsewhere.',
};

/** The refusal with a sentence that chat can be told. */
export function withText(
  refusal: Refusal,
  reward: RegisteredReward | undefined,
  usage = '',
): Refusal {
  if (refusal.text !== undefined && refusal.text.trim() !== '') return refusal;
  const values: Readonly<Record<string, string>> = {
    title: reward?.title ?? 'It',
    allowed: describeAllow(reward?.allow ?? 'everyone'),
    usage,
    wait: formatDuration(refusal.retryAfter ?? 0),
  };
  const template = Object.hasOwn(texts, refusal.reason) ? texts[refusal.reason] : undefined;
  const text = (template ?? '{title} cannot be done now.').replace(
    /\{(\w+)\}/g,
    (_, name: string) => values[name] ?? '',
  );
  return { ...refusal, text };
}
