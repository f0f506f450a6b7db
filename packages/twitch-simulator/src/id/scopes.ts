const meanings: Readonly<Record<string, string>> = {
  'chat:read': 'View live stream chat messages',
  'chat:edit': 'Send live stream chat messages',
  'user:read:chat': 'View live stream chat and room messages',
  'user:write:chat': 'Send chat messages to a chatroom',
  'user:bot': 'Appear in chat rooms as a chatbot',
  'channel:bot': 'Allow this application to appear as a chatbot in your chat',
  'channel:read:redemptions': 'View your channel points rewards and redemptions',
  'bits:read': 'View Bits information for your channel',
};

/** The scopes of a space-separated list. */
export function splitScopes(list: string | null): readonly string[] {
  return (list ?? '').split(/\s+/).filter((scope) => scope !== '');
}

/**
 * Whether Twitch might know that scope, judged by its form: `chat:read`, `user:read:chat`.
 * `chat:write` has the form, is written in many a tutorial, and does not exist.
 */
export function isScope(scope: string): boolean {
  return /^[a-z]+(?:[:_][a-z]+)*$/.test(scope) && scope !== 'chat:write';
}

/** What a person is told about a scope. */
export function scopeMeaning(scope: string): string {
  return (Object.hasOwn(meanings, scope) ? meanings[scope] : undefined) ?? scope;
}
