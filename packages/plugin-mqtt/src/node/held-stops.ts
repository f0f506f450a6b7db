import { type BotFolders, messageOf, v } from '@pertybot/core';
import { KeptFile } from '../client/kept-file.js';

/** Most stops that hold a node at once, and most that it remembers to be released. */
const most = 64;

const stop = v.object({ stop: v.string(), host: v.string(), by: v.string() });

const schema = v.object({ held: v.array(stop), released: v.array(v.string()) });

/** A stop that a bot has made here. */
export type HeldStop = v.InferOutput<typeof stop>;

/** The stops of other machines that hold this one, on its own disk: a broker that is killed forgets them. */
export class HeldStops {
  private readonly file: KeptFile<typeof schema>;
  private held: readonly HeldStop[] = [];
  private released: readonly string[] = [];
  /** Whether the disk has what is known here. */
  private isWritten = true;

  constructor({ state }: Pick<BotFolders, 'state'>) {
    this.file = new KeptFile(state, 'mqtt-stops.json', schema);
  }

  get list(): readonly HeldStop[] {
    return this.held;
  }

  /** Reads what the disk has. @throws MqttError when it cannot be read: who knows what it held */
  restore(): void {
    const kept = this.file.read();
    this.held = kept?.held.slice(-most) ?? [];
    this.released = kept?.released.slice(-most) ?? [];
  }

  has(id: string): boolean {
    return this.held.some(({ stop: held }) => held === id);
  }

  /** Whether that one has ended: the broker may still have it from before. */
  isReleased(id: string): boolean {
    return this.released.includes(id);
  }

  /** It holds from now on, whatever the disk says. @throws when it is not on the disk */
  add(held: HeldStop): void {
    // It is said again and again until it is answered: a card is not written for that.
    if (this.has(held.stop) && this.isWritten) return;
    if (!this.has(held.stop)) this.held = [...this.held, held].slice(-most);
    this.write();
  }

  /** @throws when that is not on the disk: then it still holds */
  remove(id: string): void {
    const before = { held: this.held, released: this.released };
    this.held = this.held.filter(({ stop: held }) => held !== id);
    if (!this.isReleased(id)) this.released = [...this.released, id].slice(-most);
    try {
      this.write();
    } catch (error) {
      Object.assign(this, before);
      throw error;
    }
  }

  private write(): void {
    this.isWritten = false;
    this.file.write({ held: [...this.held], released: [...this.released] });
    this.isWritten = true;
  }
}

/** Why something of it is not on the disk, for the log. */
export function unkept(error: unknown): string {
  return `The stop of another machine may not outlive this bot: ${messageOf(error)}. It is tried again.`;
}
