import { v } from '@pertybot/core';
import { TwitchApiError } from '../helix/twitch-api-error.js';

/**
 * Reads what Twitch answered about rewards.
 * @throws TwitchApiError TWITCH_API_ANSWER_INVALID, which says nothing of what was asked: it is asked again
 */
export function readAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new TwitchApiError(
    'TWITCH_API_ANSWER_INVALID',
    'What Twitch answered about rewards makes no sense.',
    { hint: 'Nothing to do: it is asked again.', cause: new v.ValiError(parsed.issues) },
  );
}
