import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { v } from '@pertybot/core';
import { writeFileAtomicallySync } from '@pertybot/core/host';
import { systemBootClock } from '../boot-clock.js';

const contents = v.object({ boot: v.string(), lines: v.array(v.string()) });

/**
 * The lines and channels of sysfs that this bot has exported, which sysfs itself does not know. They
 * outlive a bot that dies, so that the next one takes over its own and nobody else's.
 */
export class OwnLines {
  readonly #file: string | undefined;
  readonly #lines: Set<string>;

  /** @param folder state folder of the bot; without one nothing is known of a bot before */
  constructor(
    folder?: string,
    private readonly boot = systemBootClock.boot,
  ) {
    this.#file = folder === undefined ? undefined : path.join(folder, 'exported.json');
    this.#lines = new Set(this.#read());
  }

  /** @param line its folder, such as `/sys/class/gpio/gpio586` */
  has(line: string): boolean {
    return this.#lines.has(line);
  }

  /** Before the line is exported: a bot may die at any time. */
  add(line: string): void {
    if (this.#lines.has(line)) return;
    this.#lines.add(line);
    this.#write();
  }

  delete(line: string): void {
    if (this.#lines.delete(line)) this.#write();
  }

  /** Nothing is exported any more when the machine was started again. */
  #read(): readonly string[] {
    if (this.#file === undefined) return [];
    try {
      const { boot, lines } = v.parse(contents, JSON.parse(readFileSync(this.#file, 'utf8')));
      return boot === this.boot ? lines : [];
    } catch {
      return [];
    }
  }

  #write(): void {
    if (this.#file === undefined || !existsSync(path.dirname(this.#file))) return;
    try {
      const saved = { boot: this.boot ?? '', lines: [...this.#lines] };
      writeFileAtomicallySync(this.#file, `${JSON.stringify(saved)}\n`, { synced: false });
    } catch {
      // The next bot asks its owner then, instead of taking over what may be another program's.
    }
  }
}
