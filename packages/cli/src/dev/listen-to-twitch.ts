import type { Undo } from '@pertybot/core';
import type { TwitchSimulator } from '@pertybot/twitch-simulator';
import type { DevEvent } from './dev-event.js';

/**
 * Tells `onEvent` what the bot wrote as it arrived at the simulated Twitch, and makes the bot a moderator
 * where it comes, as most streamers do: Twitch lets it speak more often then.
 * @param account login of the bot
 */
export function listenToTwitch(
  { chat }: TwitchSimulator,
  account: string,
  onEvent: (event: DevEvent) => void,
): Undo {
  const undo = [
    chat.on('message', ({ login, channel, text, replyTo }) => {
      if (login === account) onEvent({ type: 'reply', channel, text, replyTo });
    }),
    chat.on('join', ({ login, channel }) => {
      if (login === account) chat.setRoles(channel, account, ['moderator']);
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}
