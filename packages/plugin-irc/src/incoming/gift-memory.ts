import type { IrcTags } from '../tmi/irc-tags.js';

/** How many bundles are remembered. */
const limit = 100;

/** Tag that a bundle shares with each of its gifts. */
const bundleTag = 'msg-param-community-gift-id';

/**
 * Remembers bundles of gifted subscriptions. Twitch tells a bundle of five by one notice of the
 * bundle and one for each receiver; counted together they would be ten.
 */
export class GiftMemory {
  private readonly bundles = new Set<string>();

  /** Notes the bundle that a notice tells of. */
  noteBundle(tags: IrcTags): void {
    const id = tags.get(bundleTag);
    if (!id) return;
    this.bundles.add(id);
    for (const oldest of this.bundles) {
      if (this.bundles.size <= limit) break;
      this.bundles.delete(oldest);
    }
  }

  /** Whether a gift belongs to a bundle that was noted. */
  isPartOfBundle(tags: IrcTags): boolean {
    return this.bundles.has(tags.get(bundleTag) ?? '');
  }
}
