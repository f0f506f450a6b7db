import type { ChatUser } from '@pertybot/core';

/** What a viewer wants a gadget to do. */
export interface Vote {
  /** Such as `blink 3`. */
  readonly line: string;
  readonly user: ChatUser;
}

/** Viewers whose votes are counted; those of more are not heard. */
const mostViewers = 50_000;

/** Wishes that are shown while they are counted. */
const mostStandings = 6;

/** The last vote of each viewer, counted as they come: a crowd of any size decides at once. */
export class Votes {
  /** By user id, in the order in which the viewers first spoke. */
  private readonly byUser = new Map<string, Vote>();
  /** How often each line was voted for. */
  private readonly counts = new Map<string, number>();

  /** Viewers who voted. */
  get size(): number {
    return this.byUser.size;
  }

  /** Takes a vote in the place of an earlier one of its viewer. */
  take(vote: Vote): void {
    const before = this.byUser.get(vote.user.id);
    if (before === undefined && this.size >= mostViewers) return;
    if (before !== undefined) this.add(before.line, -1);
    this.add(vote.line, 1);
    this.byUser.set(vote.user.id, vote);
  }

  /** What is voted for, the most wanted first; of very many wishes only the first. */
  get standings(): readonly { readonly line: string; readonly votes: number }[] {
    return [...this.counts]
      .map(([line, votes]) => ({ line, votes }))
      .sort((one, other) => other.votes - one.votes)
      .slice(0, mostStandings);
  }

  /** How many votes `line` has now. */
  votesFor(line: string): number {
    return this.counts.get(line) ?? 0;
  }

  /** The first of those with the most votes. */
  get winner(): Vote | undefined {
    let most: Vote | undefined;
    for (const vote of this.byUser.values()) {
      if (most === undefined || this.votesFor(vote.line) > this.votesFor(most.line)) most = vote;
    }
    return most;
  }

  /** The vote of a lucky one. @param chance a number from 0 up to but not including 1 */
  draw(chance: number): Vote | undefined {
    return [...this.byUser.values()][Math.floor(chance * this.byUser.size)];
  }

  clear(): void {
    this.byUser.clear();
    this.counts.clear();
  }

  private add(line: string, count: number): void {
    const votes = this.votesFor(line) + count;
    if (votes === 0) this.counts.delete(line);
    else this.counts.set(line, votes);
  }
}
