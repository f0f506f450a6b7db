import { randomInt } from 'node:crypto';

/** A moment as Twitch writes it: RFC 3339 with nanoseconds. @param at milliseconds since 1970 */
export function toTwitchTime(at: number): string {
  const fraction = String(randomInt(1_000_000)).padStart(6, '0');
  return new Date(at).toISOString().replace('Z', `${fraction}Z`);
}

/** A moment in whole seconds, as the lists of Helix write it. @param at milliseconds since 1970 */
export function toWholeSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
