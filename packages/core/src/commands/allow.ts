import { type ChatUser, type Role, roles } from '../contracts/chat.js';
import type { Allow } from '../contracts/command.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import { type ReplyValue, sayPlainly } from '../contracts/replies.js';
import type { Store } from '../contracts/store.js';
import { defaultReplies } from './replies.js';

/** Knows users by their id from the first time that they were seen under a login. */
export interface KnownUsers {
  /** Whether `user` is the one who was first seen as `login`. */
  is(login: string, user: ChatUser): boolean;
}

/** Whether `user` may run what is allowed to `allow`. */
export function isAllowed(user: ChatUser, allow: Allow, known: KnownUsers): boolean {
  if (allow === 'everyone') return true;
  if (typeof allow === 'string') return hasRole(user, allow);
  if (user.roles.includes('broadcaster')) return true;
  return allow.some((member) =>
    isRole(member) ? user.roles.includes(member) : known.is(member.slice(1).toLowerCase(), user),
  );
}

/** Whether `user` has `role` or a higher one. */
function hasRole(user: ChatUser, role: Role): boolean {
  const least = roles.indexOf(role);
  return user.roles.some((held) => roles.indexOf(held) >= least);
}

/** Who is allowed, as a part of a sentence. */
export function toAllowed(allow: Allow): ReplyValue {
  if (typeof allow === 'string') return inWords(allow);
  const [last, ...before] = [...allow].reverse();
  return before.reduce<ReplyValue>(
    (rest, member, index) => ({
      reply: index === 0 ? 'allowed.and' : 'allowed.list',
      values: { first: inWords(member), last: rest },
    }),
    inWords(last ?? 'broadcaster'),
  );
}

/** Who is allowed, in English words: `moderators`, `subscribers and @alice`. */
export function describeAllow(allow: Allow): string {
  const value = toAllowed(allow);
  return typeof value === 'string' ? value : sayPlainly(defaultReplies, value.reply, value.values);
}

function inWords(member: Role | `@${string}`): ReplyValue {
  return isRole(member) ? { reply: `allowed.${member}` } : member;
}

function isRole(member: string): member is Role {
  return !member.startsWith('@');
}

/** Remembers in a store which user id first came under a login that an `allow:` names. */
export class StoredKnownUsers implements KnownUsers {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly store: Store,
    private readonly log: Logger,
  ) {}

  /** Reads what earlier runs saw. */
  async load(): Promise<void> {
    try {
      for (const login of await this.store.keys()) {
        const id = await this.store.get(login);
        if (typeof id === 'string') this.ids.set(login, id);
      }
    } catch (error) {
      // The bot runs without them; whoever comes first under a login is taken for its owner again.
      this.log.error(`The ids of known users could not be read: ${messageOf(error)}`, { error });
    }
  }

  is(login: string, user: ChatUser): boolean {
    const known = this.ids.get(login);
    if (known !== undefined) return known === user.id;
    if (user.login !== login) return false;
    this.ids.set(login, user.id);
    this.store.set(login, user.id).catch((error: unknown) => {
      this.log.warn(`The id of "${login}" could not be stored.`, { error });
    });
    return true;
  }
}
