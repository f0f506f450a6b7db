import type { Account } from '@pertybot/core';
import { loginCommand } from './post-subscription.js';
import type { Problem, WantedSubscription } from './wanted-subscription.js';

/** What Twitch's reason for a revocation means, and what helps. */
export function toRevocation(
  { type, channel }: WantedSubscription,
  status: string,
  account: Account,
): Problem {
  const text = `Twitch has ended it: ${meanings.get(status) ?? `"${status}"`}.`;
  switch (status) {
    case 'authorization_revoked':
      return { text, hint: `Log in again: run "${loginCommand(account)}".` };
    case 'version_removed':
    case 'beta_maintenance':
      return { text, hint: `Update the plugin, or do without "${type.event}".` };
    case 'user_removed':
      return { text, hint: `Take "${channel}" out of the channels.` };
    case 'moderator_removed':
      return { text, hint: 'Make the account a moderator again, and restart the plugin.' };
    default:
      return { text, hint: 'Restart the plugin to try it again.' };
  }
}

/** https://dev.twitch.tv/docs/eventsub/handling-websocket-events/#revocation-message */
const meanings: ReadonlyMap<string, string> = new Map([
  ['authorization_revoked', 'the login was ended at Twitch, or its password changed'],
  ['user_removed', 'the account is gone'],
  ['version_removed', 'this kind of event is gone'],
  ['moderator_removed', 'the account is no moderator any more'],
  ['beta_maintenance', 'this kind of event is being changed'],
]);
