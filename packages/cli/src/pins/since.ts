import { parseDuration } from '@pertybot/core';

/**
 * Reads a time that lies back: `2h` ago, or a date such as `2026-11-29` or `2026-11-29T20:15`.
 * @param now wall time, milliseconds
 * @returns wall time in milliseconds, or undefined when it is neither
 */
export function readSince(text: string, now: number): number | undefined {
  const ago = parseDuration(text);
  if (ago !== undefined) return now - ago;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  // A date alone would be read as one of Greenwich.
  const time = Date.parse(text.length === 10 ? `${text}T00:00` : text);
  return Number.isNaN(time) ? undefined : time;
}
