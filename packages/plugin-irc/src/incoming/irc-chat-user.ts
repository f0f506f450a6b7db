import type { ChatUser, Role } from '@pertybot/core';
import type { IrcTags } from '../tmi/irc-tags.js';
import { broadcasterRoles, guestRoles, parseBadges, toRoles } from './badges.js';

/** A chatter as the tags of a line describe them, read when somebody asks. */
export class IrcChatUser implements ChatUser {
  private readBadges: Readonly<Record<string, string>> | undefined;

  /**
   * @param guest whether the line comes from another room, whose badges give no role here
   */
  constructor(
    private readonly tags: IrcTags,
    readonly login: string,
    private readonly guest: boolean,
  ) {}

  get id(): string {
    return this.tags.get('user-id') ?? '';
  }

  get displayName(): string {
    return this.tags.get('display-name')?.trim() || this.login;
  }

  get roles(): readonly Role[] {
    if (this.guest) return guestRoles;
    const { id } = this;
    if (id !== '' && id === this.tags.get('room-id')) return broadcasterRoles;
    return toRoles(this.badges);
  }

  get badges(): Readonly<Record<string, string>> {
    this.readBadges ??= parseBadges(this.tags.get('badges') ?? '');
    return this.readBadges;
  }

  get color(): string | undefined {
    return this.tags.get('color') || undefined;
  }

  get monthsSubscribed(): number {
    // `badges` bears only the tier of the badge; the true number of months is here.
    const { subscriber, founder } = parseBadges(this.tags.get('badge-info') ?? '');
    return Number(subscriber ?? founder ?? 0) || 0;
  }

  /** All fields as plain values, since JSON skips getters. */
  toJSON(): ChatUser {
    const { id, login, displayName, roles, badges, color, monthsSubscribed } = this;
    return { id, login, displayName, roles, badges, color, monthsSubscribed };
  }
}
