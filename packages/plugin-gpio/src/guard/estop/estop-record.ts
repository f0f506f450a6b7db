import { v } from '@pertybot/core';

/** Who stopped everything, and when. */
export interface EstopRecord {
  /** Such as `@alice in chat`, `SIGUSR2` or `pertybot estop`. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

const recordSchema = v.object({ by: v.string(), at: v.string() });

/** A stop of which nothing is known but that it is one. */
export const unknownRecord: EstopRecord = { by: 'somebody', at: 'an unknown time' };

/** Reads a record; whatever is damaged is a stop all the same. */
export function parseRecord(text: string): EstopRecord {
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(text));
    return parsed.success ? parsed.output : unknownRecord;
  } catch {
    return unknownRecord;
  }
}
