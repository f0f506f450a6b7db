/**
 * Refuses a name or a path that would be more than a part of one line in a file of Mosquitto.
 * @param besides characters that mean something else there
 * @throws RangeError for one that is empty, begins or ends with a space, or has another line in it
 */
export function requireLine(text: string, besides = ''): string {
  const isLine = text !== '' && text === text.trim() && !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(text);
  if (isLine && ![...besides].some((character) => text.includes(character))) return text;
  throw new RangeError(`${JSON.stringify(text)} cannot be written into a file of Mosquitto.`);
}
