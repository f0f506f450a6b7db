import {
  Chat,
  type ChatMessage,
  type ChatUser,
  type Delivery,
  type Role,
  roles,
  type SayOptions,
} from '../contracts/chat.js';
import { Inbox } from '../contracts/inbox.js';
import { definePlugin, type Plugin } from '../contracts/plugin.js';

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

/** A {@link Chat} that keeps what it is given. */
export class FakeChat implements Chat {
  readonly channels: readonly string[] = ['test'];
  readonly said: string[] = [];
  inbox: Inbox | undefined;

  async say(text: string, options: SayOptions = {}): Promise<Delivery> {
    return this.write(text, options.channel ?? 'test');
  }

  async reply(message: ChatMessage, text: string): Promise<Delivery> {
    return this.write(text, message.channel, message.id);
  }

  async action(text: string, options: SayOptions = {}): Promise<Delivery> {
    return this.write(`/me ${text}`, options.channel ?? 'test');
  }

  private write(text: string, channel: string, replyTo?: string): Delivery {
    const delivery: Delivery = { status: 'written' };
    this.said.push(text);
    this.inbox?.emit('reply', { channel, text, delivery, ...(replyTo ? { replyTo } : {}) });
    return delivery;
  }
}

/** A plugin that provides `chat`. */
export function fakeChatPlugin(chat: FakeChat): Plugin {
  return definePlugin({
    name: 'fake-chat',
    provides: [Chat],
    register(container) {
      chat.inbox = container.resolve(Inbox);
      container.register(Chat, { useValue: chat });
    },
  });
}
