import type { TwitchApiRequest } from '../twitch-api.js';
import { TwitchApiError } from './twitch-api-error.js';

/**
 * Path and query of a request, below the base.
 * @throws TwitchApiError TWITCH_API_REQUEST_INVALID where the path could lead the token elsewhere
 */
export function toTarget({ path, query = {} }: Pick<TwitchApiRequest, 'path' | 'query'>): string {
  if (!/^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*$/i.test(path)) {
    throw new TwitchApiError(
      'TWITCH_API_REQUEST_INVALID',
      `"${path.slice(0, 60)}" is no path of Twitch's API.`,
      { hint: 'Name what stands behind "helix/", such as "channel_points/custom_rewards".' },
    );
  }
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [value];
    for (const each of values) parameters.append(name, String(each));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
