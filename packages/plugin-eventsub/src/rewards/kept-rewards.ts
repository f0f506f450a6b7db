import { type Store, v } from '@pertybot/core';

/** What the bot remembers of a reward that it has made. */
export interface KeptReward {
  /** Twitch's id. */
  readonly id: string;
  /** Id of the plugin that wants it, and what it runs: by these it is known again under another name. */
  readonly plugin: string;
  readonly runs: string;
  /** Whether nobody wants it any more: it is paused and hidden. */
  readonly gone?: boolean | undefined;
}

/** The rewards of one channel, by their names in the bot. */
export type KeptRewards = ReadonlyMap<string, KeptReward>;

const schema = v.record(
  v.string(),
  v.object({
    id: v.string(),
    plugin: v.string(),
    runs: v.string(),
    gone: v.optional(v.boolean()),
  }),
);

const keyOf = (channel: string) => `rewards of ${channel}`;

/** What is remembered of a channel's rewards; nothing where that is damaged: they are found again by their titles. */
export async function readKept(store: Store, channel: string): Promise<KeptRewards> {
  const parsed = v.safeParse(schema, await store.get(keyOf(channel)));
  return new Map(parsed.success ? Object.entries(parsed.output) : []);
}

/** @throws StoreError when it cannot be written */
export async function writeKept(store: Store, channel: string, kept: KeptRewards): Promise<void> {
  const entries = [...kept].map(([name, { id, plugin, runs, gone }]) => {
    return [name, { id, plugin, runs, ...(gone && { gone }) }] as const;
  });
  await store.set(keyOf(channel), Object.fromEntries(entries));
}
