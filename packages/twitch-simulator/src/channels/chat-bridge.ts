import { randomUUID } from 'node:crypto';
import type { ChatEvents } from '../chat/chat-events.js';
import type { IrcLine } from '../chat/irc-line.js';
import type { Account } from '../people.js';
import type { ChannelWorld } from './channel-world.js';
import { chatMessageEvent, chatNotificationEvent, textOf } from './chat-shapes.js';
import { toFragments } from './fragments.js';
import { moderationEvents } from './moderation.js';
import { subscriptionEvents } from './subscriptions-bought.js';
import { broadcaster, named, nobody, user } from './triples.js';

/** Somebody spent bits on a message. */
export interface Cheer {
  readonly channel: Account;
  readonly by: Account;
  readonly bits: number;
}

/** Tells EventSub what chat is told, so that whatever happens in chat is seen in both. */
export class ChatBridge {
  /** @param cheered told of bits, which move a hype train */
  constructor(
    private readonly world: ChannelWorld,
    private readonly cheered: (cheer: Cheer) => void,
  ) {}

  /** Listens from now on. */
  open(): void {
    const { chatHub } = this.world;
    chatHub.on('shown', (shown) => this.show(shown));
    chatHub.on('roles', (change) => this.changeRoles(change));
    chatHub.on('whispered', ({ to, line }) => this.whisper(to, line));
  }

  private show({ channel: name, line }: ChatEvents['shown']): void {
    const channel = this.world.people.someone({ login: name });
    switch (line.command) {
      case 'PRIVMSG':
        this.showMessage(channel, line);
        break;
      case 'USERNOTICE':
        this.showNotice(channel, line);
        break;
      default:
        for (const { about, ...rest } of moderationEvents(this.world, channel, line)) {
          this.world.notify({ ...rest, about: { broadcaster_user_id: channel.id, ...about } });
        }
    }
  }

  private showMessage(channel: Account, line: IrcLine): void {
    const by = this.author(line);
    const about = { broadcaster_user_id: channel.id };
    const event = chatMessageEvent(channel, by, line);
    this.world.notify({ type: 'channel.chat.message', about, event });
    const bits = Number(line.tags?.bits ?? 0);
    if (bits <= 0) return;
    const text = textOf(line);
    this.world.notify({
      type: 'channel.bits.use',
      about,
      event: {
        ...broadcaster(channel),
        ...user(by),
        bits,
        type: 'cheer',
        power_up: null,
        custom_power_up: null,
        message: { text, fragments: toFragments(text) },
      },
    });
    const unnamed = by.login === 'ananonymouscheerer';
    this.world.notify({
      type: 'channel.cheer',
      about,
      event: {
        is_anonymous: unnamed,
        ...(unnamed ? nobody('user') : user(by)),
        ...broadcaster(channel),
        message: text,
        bits,
      },
    });
    this.cheered({ channel, by, bits });
  }

  private showNotice(channel: Account, line: IrcLine): void {
    const by = this.author(line);
    const about = { broadcaster_user_id: channel.id };
    for (const each of subscriptionEvents(this.world, channel, by, line)) {
      this.world.notify({ ...each, about });
    }
    if (line.tags?.['msg-id'] === 'raid') {
      const viewers = Number(line.tags['msg-param-viewerCount'] ?? 0);
      this.world.notify({
        type: 'channel.raid',
        about: { to_broadcaster_user_id: channel.id, from_broadcaster_user_id: by.id },
        event: {
          ...named('from_broadcaster_user', by),
          ...named('to_broadcaster_user', channel),
          viewers,
        },
      });
    }
    const event = chatNotificationEvent(channel, by, line);
    this.world.notify({ type: 'channel.chat.notification', about, event });
  }

  private changeRoles({ channel: name, login, before, after }: ChatEvents['roles']): void {
    const channel = this.world.people.someone({ login: name });
    const account = this.world.people.someone({ login });
    const about = { broadcaster_user_id: channel.id };
    const event = { ...user(account), ...broadcaster(channel) };
    for (const role of ['moderator', 'vip'] as const) {
      if (before.includes(role) === after.includes(role)) continue;
      const what = after.includes(role) ? 'add' : 'remove';
      this.world.notify({ type: `channel.${role}.${what}`, about, event });
    }
    if (before.includes('moderator') && !after.includes('moderator')) {
      this.world.dismissed(channel, account);
    }
  }

  private whisper(login: string, line: IrcLine): void {
    const from = this.author(line);
    const to = this.world.people.someone({ login });
    this.world.notify({
      type: 'user.whisper.message',
      about: { user_id: to.id },
      event: {
        ...named('from_user', from),
        ...named('to_user', to),
        whisper_id: line.tags?.['message-id'] ?? randomUUID(),
        whisper: { text: line.text ?? '' },
      },
    });
  }

  private author({ prefix, tags }: IrcLine): Account {
    const login = prefix?.split('!')[0] ?? tags?.login ?? '';
    const known = this.world.people.find(login);
    return (
      known ?? { login, id: tags?.['user-id'] ?? '', displayName: tags?.['display-name'] ?? '' }
    );
  }
}
