/** A time of day at which an output stays off, local time. */
export interface QuietHours {
  /** Minutes since midnight. */
  readonly from: number;
  /** Minutes since midnight; before `from` when midnight lies between. */
  readonly to: number;
  /** As it was written: `23:00-07:00`. */
  readonly text: string;
}

const minutesInDay = 24 * 60;
const form = /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/;

/** Reads `23:00-07:00`. @returns undefined when `text` is none, or covers no time */
export function parseQuietHours(text: string): QuietHours | undefined {
  const numbers = form.exec(text.trim())?.slice(1).map(Number);
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = numbers ?? [];
  if (!numbers || fromMinute > 59 || toMinute > 59) return undefined;
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (from >= minutesInDay || to > minutesInDay || from === to) return undefined;
  return { from, to, text: text.trim() };
}

/** Milliseconds until quiet hours end; 0 when it is not quiet at `date`. */
export function quietLeft(hours: QuietHours, date: Date): number {
  const now = minutesOf(date);
  const quiet =
    hours.from < hours.to
      ? now >= hours.from && now < hours.to
      : now >= hours.from || now < hours.to;
  return quiet ? millisecondsUntil(hours.to, date) : 0;
}

/** Milliseconds until quiet hours begin the next time. */
export function untilQuiet(hours: QuietHours, date: Date): number {
  return millisecondsUntil(hours.from, date);
}

function minutesOf(date: Date): number {
  return (
    date.getHours() * 60 +
    date.getMinutes() +
    date.getSeconds() / 60 +
    date.getMilliseconds() / 60_000
  );
}

/** A day of the year may be an hour longer or shorter, as the local time says. */
function millisecondsUntil(minute: number, date: Date): number {
  const on = (days: number) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 0, minute).getTime();
  const now = date.getTime();
  return (on(0) > now ? on(0) : on(1)) - now;
}
