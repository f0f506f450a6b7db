import type { ChannelEvent, ChatUser, Inbox, Refusal } from '@pertybot/core';

/** Tells the bot's listeners why an event set nothing off, as of a command that did not run. */
export function tellRefused(
  inbox: Pick<Inbox, 'emit'>,
): (event: string, data: ChannelEvent, refusal: Refusal) => void {
  return (event, data, { reason, text, retryAfter }) => {
    inbox.emit('refusal', {
      reason,
      command: event,
      event,
      user: userOf(data),
      channel: data.channel,
      messageId: '',
      ...(text === undefined ? {} : { text }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
  };
}

/** Who is behind an event; the channel itself where it says nobody. */
function userOf({ channel, ...data }: ChannelEvent & { readonly user?: ChatUser }): ChatUser {
  return (
    data.user ?? {
      id: '',
      login: channel,
      displayName: channel,
      roles: ['everyone', 'broadcaster'],
      badges: {},
      monthsSubscribed: 0,
    }
  );
}
