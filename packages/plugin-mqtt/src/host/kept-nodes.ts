import { BotFolders, inject, injectable, Logger, messageOf, v } from '@pertybot/core';
import { KeptFile } from '../client/kept-file.js';
import { newId } from '../protocol/ids.js';
import { type AnnouncedGadget, readMessage } from '../protocol/messages.js';
import { isId } from '../protocol/topics.js';

const id = v.pipe(v.string(), v.check(isId));

const own = v.object({
  /** By which nodes know this bot, in all of its lives. */
  id,
  stop: v.optional(v.object({ stop: id, by: v.string(), at: v.string() })),
  /** Stops that were released, and the nodes that have not answered it. */
  releasing: v.array(v.object({ stop: id, nodes: v.array(v.string()) })),
});

/** What the host keeps of itself. */
export type OwnRecord = v.InferOutput<typeof own>;

const gadgets = v.record(v.string(), v.array(v.unknown()));

/** What the host keeps on its disk: who it is, its stop, and what nodes said that they have. */
@injectable()
export class KeptNodes {
  private readonly ownFile: KeptFile<typeof own>;
  private readonly gadgetsFile: KeptFile<typeof gadgets>;
  private known: Record<string, unknown[]> | undefined;

  constructor(
    @inject(BotFolders) folders: BotFolders,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.ownFile = new KeptFile(folders.state, 'mqtt-host.json', own);
    this.gadgetsFile = new KeptFile(folders.state, 'mqtt-nodes.json', gadgets);
  }

  /** Who this bot is; somebody new at its first start. */
  readOwn(): OwnRecord {
    try {
      const kept = this.ownFile.read();
      if (kept) return kept;
    } catch (error) {
      this.log.error(messageOf(error), { error });
    }
    const made: OwnRecord = { id: newId(), releasing: [] };
    this.writeOwn(made);
    return made;
  }

  /** One that cannot be written holds all the same while the bot runs. */
  writeOwn(record: OwnRecord): void {
    try {
      this.ownFile.write(record);
    } catch (error) {
      this.log.error(`What nodes are to be told may not outlive the bot: ${messageOf(error)}`, {
        error,
      });
    }
  }

  /** What a node said that it has, when it said so last. */
  gadgetsOf(node: string): readonly AnnouncedGadget[] {
    const kept = this.readGadgets();
    if (!Object.hasOwn(kept, node)) return [];
    // As strictly as when it came.
    const message = JSON.stringify({ session: '0'.repeat(16), gadgets: kept[node] });
    return readMessage('gadgets', Buffer.from(message))?.gadgets ?? [];
  }

  keepGadgets(node: string, all: readonly AnnouncedGadget[]): void {
    const kept = this.readGadgets();
    kept[node] = [...all];
    try {
      this.gadgetsFile.write(kept);
    } catch (error) {
      this.log.warn(`The gadgets of "${node}" cannot be kept: ${messageOf(error)}`, { error });
    }
  }

  private readGadgets(): Record<string, unknown[]> {
    if (this.known) return this.known;
    try {
      this.known = { ...this.gadgetsFile.read() };
    } catch (error) {
      this.log.warn(messageOf(error), { error });
      this.known = {};
    }
    return this.known;
  }
}
