/** Twitch's words for a refused login; their capitals differ from time to time. */
const refusals =
  /login authentication failed|login unsuccessful|improperly formatted auth|error logging in|invalid nick/i;

/** Whether `text` is Twitch's answer to a login that it refuses. */
export function isLoginRefusal(text: string): boolean {
  return refusals.test(text);
}
