import type { Refusal } from '../../contracts/command.js';
import { formatDuration } from '../../contracts/duration.js';
import type { Replies } from '../../contracts/replies.js';
import { toAllowed } from '../allow.js';
import type { RegisteredReward } from './reward-registry.js';

/** The refusal with what the viewer is told of points that come back: there is always a sentence. */
export function withText(
  refusal: Refusal,
  reward: Pick<RegisteredReward, 'title' | 'allow'> | undefined,
  replies: Replies,
): Refusal {
  const { reason, retryAfter = 0, values: told } = refusal;
  const values = {
    title: reward?.title ?? '…',
    allowed: toAllowed(reward?.allow ?? 'everyone'),
    wait: formatDuration(retryAfter),
    ...told,
  };
  const text =
    replies.text(`reward.${reason}`, values) ??
    (refusal.text === undefined ? undefined : replies.refusal(refusal, values)) ??
    refusal.text ??
    replies.text('reward.otherwise', values) ??
    'It cannot be done now.';
  return { ...refusal, text };
}
