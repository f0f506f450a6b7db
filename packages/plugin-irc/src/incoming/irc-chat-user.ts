import { type ChatUser, type Role, roles } from '@pertybot/core';
import { type IrcTags, parseBadges } from '../tmi/irc-tags.js';

const everyone: readonly Role[] = ['everyone'];

/** Role that a badge gives; each includes the weaker ones. */
const badgeRoles: Readonly<Record<string, Role>> = {
  subscriber: 'subscriber',
  founder: 'subscriber',
  vip: 'vip',
  moderator: 'moderator',
  lead_moderator: 'moderator',
  broadcaster: 'broadcaster',
};

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
    if (this.guest) return everyone;
    const { id } = this;
    if (id !== '' && id === this.tags.get('room-id')) return roles;
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

/** The roles of whoever wears `badges`, weakest first. */
function toRoles(badges: Readonly<Record<string, string>>): readonly Role[] {
  let highest = 0;
  for (const badge of Object.keys(badges)) {
    const role = Object.hasOwn(badgeRoles, badge) ? badgeRoles[badge] : undefined;
    if (role) highest = Math.max(highest, roles.indexOf(role));
  }
  return rolesUpTo(highest);
}

/** One list for each height, so that a message costs none. */
const lists: readonly (readonly Role[])[] = roles.map((_, height) => roles.slice(0, height + 1));

function rolesUpTo(height: number): readonly Role[] {
  return lists[height] ?? everyone;
}
