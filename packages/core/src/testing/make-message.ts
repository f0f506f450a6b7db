import { type ChatMessage, type ChatUser, type Role, roles } from '../contracts/chat.js';

/** Who says something in a test, and how. */
export interface HearOptions {
  /** Display name; the login is its lower case. @default 'viewer' */
  readonly as?: string;
  /** Roles beside `everyone`. */
  readonly roles?: readonly Role[];
  /** @default made from the login */
  readonly userId?: string;
  /** @default 'test' */
  readonly channel?: string;
  readonly bits?: number;
  readonly action?: boolean;
  readonly customRewardId?: string;
  readonly mentionsBot?: boolean;
  readonly replyTo?: ChatMessage['replyTo'];
  readonly id?: string;
  /** Milliseconds that it is late. @default unknown */
  readonly age?: number;
}

let count = 0;

/** Makes a {@link ChatMessage} as a chat plugin would. */
export function makeMessage(text: string, options: HearOptions = {}): ChatMessage {
  count += 1;
  return {
    id: options.id ?? `message-${count}`,
    channel: options.channel ?? 'test',
    roomId: `room-${options.channel ?? 'test'}`,
    user: makeUser(options),
    text,
    action: options.action ?? false,
    bits: options.bits ?? 0,
    replyTo: options.replyTo,
    customRewardId: options.customRewardId,
    firstMessage: false,
    sentAt: 0,
    mentionsBot: options.mentionsBot ?? false,
    ...(options.age === undefined ? {} : { age: options.age }),
  };
}

/** Makes a {@link ChatUser}. */
export function makeUser(options: Pick<HearOptions, 'as' | 'roles' | 'userId'> = {}): ChatUser {
  const displayName = options.as ?? 'viewer';
  const login = displayName.toLowerCase();
  const held = options.roles ?? [];
  return {
    id: options.userId ?? `id-${login}`,
    login,
    displayName,
    roles: roles.filter((role) => role === 'everyone' || held.includes(role)),
    badges: Object.fromEntries(held.map((role) => [role, '1'])),
    monthsSubscribed: held.includes('subscriber') ? 1 : 0,
  };
}
