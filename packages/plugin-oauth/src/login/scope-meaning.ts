/** What Twitch's scopes allow, in the owner's words; https://dev.twitch.tv/docs/authentication/scopes */
const meanings: Readonly<Record<string, string>> = {
  'bits:read': 'See cheers and the Bits leaderboard',
  'channel:bot': 'Join the channel as a bot',
  'channel:manage:broadcast': 'Change title and category of the stream',
  'channel:manage:polls': 'Start and end polls',
  'channel:manage:predictions': 'Start and end predictions',
  'channel:manage:raids': 'Start and cancel raids',
  'channel:manage:redemptions': 'Change channel-point rewards and answer redemptions',
  'channel:manage:vips': 'Add and remove VIPs',
  'channel:moderate': 'Moderate the chat',
  'channel:read:hype_train': 'See hype trains',
  'channel:read:redemptions': 'See channel-point redemptions',
  'channel:read:subscriptions': 'See who subscribes',
  'chat:edit': 'Write in chat',
  'chat:read': 'Read chat',
  'clips:edit': 'Make clips',
  'moderator:manage:announcements': 'Send announcements',
  'moderator:manage:banned_users': 'Time out and ban',
  'moderator:manage:chat_messages': 'Delete messages',
  'moderator:manage:shoutouts': 'Give shoutouts',
  'moderator:read:chatters': 'See who is in chat',
  'moderator:read:followers': 'See who follows',
  'user:bot': 'Appear in chat as a bot',
  'user:manage:whispers': 'Read and write whispers',
  'user:read:chat': 'Read chat through EventSub',
  'user:read:email': 'See the account’s e-mail address',
  'user:write:chat': 'Write in chat through the API',
  'whispers:edit': 'Write whispers',
  'whispers:read': 'Read whispers',
};

/** What `scope` allows, one line; the scope's own name where we do not know it. */
export function describeScope(scope: string): string {
  return meanings[scope.toLowerCase()] ?? scope;
}
