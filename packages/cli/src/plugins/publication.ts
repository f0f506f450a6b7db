import { v } from '@pertybot/core';
import { runNpm } from './npm.js';

/** Who published a version of a package, and when. */
export interface Publication {
  readonly by?: string | undefined;
  /** Day, as an ISO date. */
  readonly on?: string | undefined;
}

const viewSchema = v.looseObject({
  _npmUser: v.optional(v.union([v.string(), v.looseObject({ name: v.string() })])),
  time: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** What the registry says of a version; undefined where it says nothing, or cannot be reached. */
export async function publicationOf(
  name: string,
  version: string,
  folder: string,
  signal?: AbortSignal,
): Promise<Publication | undefined> {
  try {
    const words = ['view', `${name}@${version}`, '_npmUser', 'time', '--json'];
    const { _npmUser: user, time } = v.parse(
      viewSchema,
      JSON.parse(await runNpm(words, { folder, signal })),
    );
    const at = time[version];
    return {
      // A string is `name <address>`; the address is nobody's business.
      by: typeof user === 'string' ? user.replace(/\s*<.*$/, '') : user?.name,
      on: typeof at === 'string' ? at.slice(0, 10) : undefined,
    };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
