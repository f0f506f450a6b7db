/** What a refusal that Twitch reports means for the bot. */
export interface NoticeMeaning {
  /** What happened, one sentence. */
  readonly meaning: string;
  /** What the owner should do, one sentence. */
  readonly remedy: string;
  /** What the bot does by itself: leaves the channel aside, or stops sending for a while. */
  readonly effect?: 'out' | 'hold';
}

const unverified = {
  meaning: 'The channel lets only verified accounts chat.',
  remedy: 'Verify the email and the phone number of the bot account, or make it a moderator.',
};
const followers = {
  meaning: 'The channel lets only followers chat.',
  remedy: 'Let the bot account follow the channel, or make it a moderator.',
};
const gone = {
  meaning: 'The channel does not exist or is suspended.',
  remedy: 'Check its name under "channels" in plugins.yaml.',
  effect: 'out',
} as const;
const command = {
  meaning: 'Twitch took a text as a command that chat does not know.',
  remedy: 'Report it: no text of the bot should be taken as a command.',
};
const automod = {
  meaning: 'AutoMod held back a message of the bot.',
  remedy: "Change its words, or allow them in the channel's AutoMod settings.",
};

/** Twitch's `msg-id` of each refusal, and what it means (https://dev.twitch.tv/docs/irc/msg-id). */
export const notices: Readonly<Record<string, NoticeMeaning>> = {
  msg_duplicate: {
    meaning: 'Twitch dropped a message as a repetition of one within 30 s.',
    remedy: 'Nothing, if it stays rare; else make the bot a moderator.',
  },
  msg_ratelimit: {
    meaning: 'Twitch dropped a message because the bot sends too fast.',
    remedy: 'Make the bot a moderator, or stop other programs that use its account.',
    effect: 'hold',
  },
  msg_slowmode: {
    meaning: 'Twitch dropped a message because the channel is in slow mode.',
    remedy: 'Make the bot a moderator, whom slow mode spares.',
  },
  msg_subsonly: {
    meaning: 'The channel lets only subscribers chat.',
    remedy: 'Make the bot a moderator.',
  },
  msg_emoteonly: {
    meaning: 'The channel lets nothing but emotes pass.',
    remedy: 'Make the bot a moderator.',
  },
  msg_r9k: {
    meaning: 'The channel lets only unique messages pass.',
    remedy: 'Make the bot a moderator.',
  },
  msg_followersonly: followers,
  msg_followersonly_zero: followers,
  msg_followersonly_followed: {
    meaning: 'The bot has not followed the channel for long enough to chat.',
    remedy: 'Wait, or make the bot a moderator.',
  },
  msg_verified_email: unverified,
  msg_requires_verified_phone_number: unverified,
  msg_banned: {
    meaning: 'The bot is banned from the channel.',
    remedy: 'Unban the account of the bot there.',
    effect: 'out',
  },
  msg_timedout: {
    meaning: 'The bot is timed out in the channel.',
    remedy: 'Wait until it ends, or let a moderator undo it.',
  },
  msg_rejected: automod,
  msg_rejected_mandatory: automod,
  msg_channel_suspended: gone,
  msg_room_not_found: gone,
  msg_channel_blocked: {
    meaning: 'The bot is blocked by the channel.',
    remedy: 'Let the broadcaster unblock the account of the bot.',
    effect: 'out',
  },
  msg_suspended: {
    meaning: 'The account of the bot is suspended.',
    remedy: 'Write to Twitch, or use another account.',
  },
  tos_ban: {
    meaning: 'The channel is closed for a breach of the terms of service.',
    remedy: 'Take it out of "channels" in plugins.yaml.',
    effect: 'out',
  },
  msg_bad_characters: {
    meaning: 'Twitch dropped a message for a character that it does not allow.',
    remedy: 'Look in the log for what the bot said.',
  },
  no_permission: {
    meaning: 'The bot may not do that in the channel.',
    remedy: 'Make the bot a moderator.',
  },
  unrecognized_cmd: command,
  unavailable_command: command,
};
