/** The words with which Twitch refuses a login. */
export type LoginNotice =
  | 'Login authentication failed'
  | 'Login unsuccessful'
  | 'Improperly formatted auth'
  | 'Invalid NICK'
  | 'Error logging in';

/** Twitch's words for its notices, by msg-id; `CHANNEL` stands for the channel's name. */
const texts: Readonly<Record<string, string>> = {
  msg_banned: 'You are permanently banned from talking in CHANNEL.',
  msg_channel_suspended: 'This channel does not exist or has been suspended.',
  msg_room_not_found: 'Unable to find the channel.',
  tos_ban: 'The community has closed channel CHANNEL due to Terms of Service violations.',
  msg_duplicate:
    'Your message was not sent because it is identical to the previous one you sent, less than 30 seconds ago.',
  msg_ratelimit: 'Your message was not sent because you are sending messages too quickly.',
  msg_slowmode: 'This room is in slow mode and you are sending messages too quickly.',
  msg_followersonly: 'This room is in followers-only mode.',
  msg_subsonly: 'This room is in subscribers only mode.',
  msg_emoteonly: 'This room is in emote-only mode.',
  msg_r9k: 'This room is in unique-chat mode and the message you attempted to send is not unique.',
  msg_timedout: 'You are timed out for 60 more seconds.',
  msg_rejected: 'Your message is being checked by mods and has not been sent.',
  msg_rejected_mandatory:
    "Your message wasn't posted due to conflicts with the channel's moderation settings.",
  msg_suspended: "You don't have permission to perform that action.",
  msg_verified_email: 'This room requires a verified account to chat.',
  msg_requires_verified_phone_number:
    'A verified phone number is required to chat in this channel.',
  msg_bad_characters: 'Your message contained too many unsupported characters.',
  no_permission: "You don't have permission to perform that action.",
  unrecognized_cmd: 'Unrecognized command.',
};

/** What Twitch says with that msg-id. */
export function noticeText(msgId: string, channel: string): string {
  const text = Object.hasOwn(texts, msgId) ? texts[msgId] : undefined;
  return (text ?? `Notice ${msgId}.`).replace('CHANNEL', channel);
}
