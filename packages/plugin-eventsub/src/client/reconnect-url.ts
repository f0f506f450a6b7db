import { isSafe } from '../eventsub-config.js';

/** Twitch's own servers. */
const twitch = /^(?:[a-z0-9-]+\.)*eventsub\.wss\.twitch\.tv$/;

/**
 * Whether the bot goes to where a `session_reconnect` leads: to Twitch's own servers, or to the one that it is
 * configured for.
 */
export function isOwnServer(text: string, configured: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const base = new URL(configured);
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === base.protocol && url.host === base.host) return isSafe(url);
  return url.protocol === 'wss:' && url.port === '' && twitch.test(url.hostname);
}
