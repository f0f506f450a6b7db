/** How long two machines of one name count as two after both were heard, milliseconds. */
const memory = 10_000;

/**
 * Finds out that two machines go by one name: a node that is started anew never comes back in an earlier life, and two
 * that beat in turn do so twice a second.
 */
export class Twins {
  /** Sessions by when each was last begun to be heard. */
  private lives: readonly { readonly session: string; readonly at: number }[] = [];
  /** Of sessions in a row, one after the other, that were heard not long ago. */
  private returns = 0;
  private until = Number.NEGATIVE_INFINITY;

  /** Another session is heard than before. @param now monotonic milliseconds */
  take(session: string, now: number): void {
    const isBack = this.lives.some((each) => each.session === session && now - each.at < memory);
    const others = this.lives.filter((each) => each.session !== session);
    this.lives = [{ session, at: now }, ...others].slice(0, 4);
    // A message that the broker had held up comes from an earlier life, and the next one is of this life again.
    this.returns = isBack ? this.returns + 1 : 0;
    if (this.returns > 2) this.until = now + memory;
  }

  /** Whether two are heard now. */
  areSeen(now: number): boolean {
    return now < this.until;
  }
}
