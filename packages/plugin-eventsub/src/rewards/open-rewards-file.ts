import { readFileSync } from 'node:fs';
import path from 'node:path';
import { v } from '@pertybot/core';
import { writeFileAtomicallySync } from '@pertybot/core/host';

const schema = v.array(
  v.object({
    /** Login. */
    channel: v.string(),
    /** Twitch's id of the broadcaster. */
    id: v.string(),
    /** Twitch's ids of the rewards. */
    rewards: v.array(v.string()),
  }),
);

/** The rewards of a channel that viewers may redeem now. */
export type OpenRewards = v.InferOutput<typeof schema>[number];

/**
 * The file that says which rewards are open, so that they can be paused when the bot has died. It is written
 * before one is opened, and after one was paused.
 */
export class OpenRewardsFile {
  private readonly file: string;
  private written: string | undefined;

  /** @param folder the bot's state folder */
  constructor(folder: string) {
    this.file = path.join(folder, 'open-rewards.json');
  }

  /** Nothing where there is no such file, or none that can be read. */
  read(): readonly OpenRewards[] {
    try {
      const parsed = v.safeParse(schema, JSON.parse(readFileSync(this.file, 'utf8')));
      return parsed.success ? parsed.output : [];
    } catch {
      return [];
    }
  }

  /** @throws Node's error */
  write(open: readonly OpenRewards[]): void {
    const text = JSON.stringify(open.filter(({ rewards }) => rewards.length > 0));
    if (text === this.written) return;
    writeFileAtomicallySync(this.file, `${text}\n`, { synced: false });
    this.written = text;
  }
}
