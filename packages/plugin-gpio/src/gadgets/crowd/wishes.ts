import type { ChatUser } from '@pertybot/core';

/** What a viewer wants a gadget to do. */
export interface Wish {
  /** Such as `blink 3`. */
  readonly line: string;
  readonly user: ChatUser;
}

/** Viewers whose wishes are counted; those of more are not heard. */
const mostViewers = 50_000;

/** The last wish of each viewer, counted as they come: a crowd of any size decides at once. */
export class Wishes {
  /** By user id, in the order in which the viewers first spoke. */
  private readonly byUser = new Map<string, Wish>();
  /** How often each line is wished. */
  private readonly votes = new Map<string, number>();

  /** Viewers who wished. */
  get size(): number {
    return this.byUser.size;
  }

  /** Takes a wish in the place of an earlier one of its viewer. */
  take(wish: Wish): void {
    const before = this.byUser.get(wish.user.id);
    if (before === undefined && this.size >= mostViewers) return;
    if (before !== undefined) this.add(before.line, -1);
    this.add(wish.line, 1);
    this.byUser.set(wish.user.id, wish);
  }

  /** How many wish `line` now. */
  votesFor(line: string): number {
    return this.votes.get(line) ?? 0;
  }

  /** The first of those that are wished most. */
  get mostWished(): Wish | undefined {
    let most: Wish | undefined;
    for (const wish of this.byUser.values()) {
      if (most === undefined || this.votesFor(wish.line) > this.votesFor(most.line)) most = wish;
    }
    return most;
  }

  /** The wish of a lucky one. @param chance a number from 0 up to but not including 1 */
  draw(chance: number): Wish | undefined {
    return [...this.byUser.values()][Math.floor(chance * this.byUser.size)];
  }

  clear(): void {
    this.byUser.clear();
    this.votes.clear();
  }

  private add(line: string, count: number): void {
    const votes = this.votesFor(line) + count;
    if (votes === 0) this.votes.delete(line);
    else this.votes.set(line, votes);
  }
}
