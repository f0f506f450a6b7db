import { type ChatUser, Inbox, inject, injectable } from '@pertybot/core';
import type { SubscriptionTier } from '@pertybot/core/host';
import type { UserNotice } from '../tmi/chat-connection.js';
import type { IrcTags } from '../tmi/irc-tags.js';
import { LineCounts } from './incoming-messages.js';
import { IrcChatUser } from './irc-chat-user.js';
import { MessageMemory } from './message-memory.js';

/** Turns Twitch's USERNOTICE into the bot's events; one that it does not know becomes a `notice`. */
@injectable()
export class UserNotices {
  private readonly gifts = new GiftMemory();
  private readonly memory = new MessageMemory();

  constructor(
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(LineCounts) private readonly counts: LineCounts,
  ) {}

  /** Takes a notice as it came. */
  take(notice: UserNotice): void {
    const { id, channel, tags, text } = notice;
    if (this.memory.isRepeated(tags.get('id') || undefined)) {
      this.counts.duplicateMessages++;
      return;
    }
    if (isForeign(tags)) {
      this.tellNotice(notice);
      return;
    }
    const user = new IrcChatUser(tags, tags.get('login') ?? '', false);
    switch (id) {
      case 'sub':
      case 'resub':
      case 'primepaidupgrade':
      case 'giftpaidupgrade':
      case 'anongiftpaidupgrade':
        this.inbox.emit('subscribe', {
          channel,
          user,
          text,
          tier: toTier(tags),
          months: Math.max(1, toCount(tags, 'msg-param-cumulative-months')),
          renewed: id !== 'sub',
        });
        break;
      case 'subgift':
      case 'anonsubgift':
        this.inbox.emit('giftSubscription', {
          channel,
          user: toGiver(user, id),
          tier: toTier(tags),
          // Its bundle has told the number of all before.
          count: this.gifts.isPartOfBundle(tags) ? 0 : 1,
          recipient: toRecipient(tags),
        });
        break;
      case 'submysterygift':
      case 'anonsubmysterygift':
        this.gifts.noteBundle(tags);
        this.inbox.emit('giftSubscription', {
          channel,
          user: toGiver(user, id),
          tier: toTier(tags),
          count: Math.max(1, toCount(tags, 'msg-param-mass-gift-count')),
        });
        break;
      case 'raid':
        this.inbox.emit('raid', { channel, user, viewers: toCount(tags, 'msg-param-viewerCount') });
        break;
      case 'announcement':
        this.inbox.emit('announcement', {
          channel,
          user,
          text,
          color: (tags.get('msg-param-color') || 'PRIMARY').toLowerCase(),
        });
        break;
      default:
        this.tellNotice(notice);
    }
  }

  private tellNotice({ channel, id, text, tags }: UserNotice): void {
    this.inbox.emit('notice', { channel, id, text: tags.get('system-msg') || text });
  }
}

/** Whether the notice is about another channel of a shared chat. */
function isForeign(tags: IrcTags): boolean {
  const source = tags.get('source-room-id');
  return source !== undefined && source !== tags.get('room-id');
}

/** User id under which Twitch shows gifts without a name. */
const anonymousGifter = '274598607';

function toGiver(user: ChatUser, id: string): ChatUser | undefined {
  return id.startsWith('anon') || user.id === anonymousGifter ? undefined : user;
}

function toRecipient(tags: IrcTags) {
  const login = tags.get('msg-param-recipient-user-name') ?? '';
  return {
    id: tags.get('msg-param-recipient-id') ?? '',
    login,
    displayName: tags.get('msg-param-recipient-display-name') || login,
  };
}

const tiers: ReadonlyMap<string, SubscriptionTier> = new Map([
  ['Prime', 'prime'],
  ['1000', '1'],
  ['2000', '2'],
  ['3000', '3'],
]);

function toTier(tags: IrcTags): SubscriptionTier {
  return tiers.get(tags.get('msg-param-sub-plan') ?? '') ?? '1';
}

function toCount(tags: IrcTags, name: string): number {
  return Number(tags.get(name) ?? 0) || 0;
}

/** How many bundles are remembered. */
const limit = 100;

/** Tag that a bundle shares with each of its gifts. */
const bundleTag = 'msg-param-community-gift-id';

/**
 * Remembers bundles of gifted subscriptions. Twitch tells a bundle of five by one notice of the
 * bundle and one for each receiver; counted together they would be ten.
 */
class GiftMemory {
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
