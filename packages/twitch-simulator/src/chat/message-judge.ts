import type { Account } from '../people.js';
import type { DroppedMessage } from './chat-events.js';
import type { ChatSession } from './chat-session.js';
import type { ChatWorld } from './chat-world.js';
import { toBadgeTags } from './chatter.js';
import type { Room } from './rooms.js';

/** Why a message is not shown, and what Twitch says about it, if anything. */
export interface Verdict {
  readonly reason: DroppedMessage['reason'];
  readonly msgId?: string;
}

const longest = 500;

/** Decides whether Twitch would show that text; nothing means yes. */
export function judgeMessage(
  world: ChatWorld,
  session: ChatSession,
  room: Room,
  text: string,
): Verdict | undefined {
  const { account } = session;
  if (account === undefined) return { reason: 'anonymous' };
  if (!session.canSend) return { reason: 'no-scope' };
  if (text.trim() === '') return { reason: 'empty' };
  if ([...text].length > longest) return { reason: 'too-long' };
  return judgeText(world, room, account, text);
}

/** Decides the same of a text whose author is known and may write. */
export function judgeText(
  world: ChatWorld,
  room: Room,
  account: Account,
  text: string,
): Verdict | undefined {
  const kept = world.rooms.refusal(room, account.login);
  if (kept === 'msg_banned') return { reason: 'banned', msgId: kept };
  if (kept !== undefined) return { reason: 'suspended', msgId: 'msg_channel_suspended' };
  const planned = world.faults.takeMessageRefusal(room.name);
  if (planned !== undefined) return { reason: 'refused', msgId: planned };
  return judgeRate(world, room, account, text);
}

function judgeRate(
  world: ChatWorld,
  room: Room,
  account: Account,
  text: string,
): Verdict | undefined {
  const { limiter, limits } = world;
  const { login } = account;
  const roles = room.roles.get(login) ?? [];
  const badges = toBadgeTags({ login, roles }, room.name);
  const privileged = badges.moderator || badges.vip || badges.badges.includes('broadcaster/');
  const penalty = `penalty ${login}`;
  if (limiter.isBlocked(penalty)) return { reason: 'rate' };

  const limit = privileged ? limits.privilegedMessages : limits.messages;
  if (!limiter.admit(`message ${login}`, limit)) {
    limiter.block(penalty, limits.penalty ?? 0);
    return { reason: 'rate' };
  }
  if (privileged) return undefined;
  if (!limiter.admit(`message ${login} ${room.name}`, limits.channelMessages)) {
    return { reason: 'rate' };
  }
  const once =
    limits.duplicates === undefined ? undefined : { count: 1, within: limits.duplicates };
  const fresh = limiter.admit(`text ${login} ${room.name} ${text}`, once);
  return fresh ? undefined : { reason: 'duplicate', msgId: 'msg_duplicate' };
}
