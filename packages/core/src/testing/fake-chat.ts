import { Chat, type ChatMessage, type Delivery, type SayOptions } from '../contracts/chat.js';
import { Inbox } from '../contracts/inbox.js';
import { definePlugin, type Plugin } from '../contracts/plugin.js';

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
