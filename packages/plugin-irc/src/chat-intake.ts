import { Inbox, inject, injectable, type ModerationEvent } from '@pertybot/core';
import { IncomingMessages } from './incoming/incoming-messages.js';
import { NoticeDesk } from './incoming/notice-desk.js';
import { ToBotEvent } from './incoming/to-bot-event.js';
import { toRoomState } from './incoming/to-room-state.js';
import { ChannelJoiner } from './outgoing/channel-joiner.js';
import { SendQueue } from './outgoing/send-queue.js';
import type {
  ConnectionListener,
  PrivateMessage,
  ServerNotice,
  UserNotice,
} from './tmi/chat-connection.js';
import type { IrcTags } from './tmi/irc-tags.js';

/** Takes what a connection brings to whom it concerns. */
@injectable()
export class ChatIntake implements ConnectionListener {
  constructor(
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(IncomingMessages) private readonly messages: IncomingMessages,
    @inject(ToBotEvent) private readonly translator: ToBotEvent,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(NoticeDesk) private readonly notices: NoticeDesk,
    @inject(SendQueue) private readonly queue: SendQueue,
  ) {}

  message(message: PrivateMessage): void {
    this.messages.take(message);
  }

  userNotice(notice: UserNotice): void {
    this.translator.tell(notice);
  }

  notice(notice: ServerNotice): void {
    this.notices.take(notice);
  }

  roomState(channel: string, tags: IrcTags): void {
    const state = toRoomState(channel, tags);
    if (state.slow !== undefined) this.queue.setSlow(channel, state.slow);
    // In full it comes after a join alone; a part of it tells only that something changed.
    const whole = state.slow !== undefined && state.subscribersOnly !== undefined;
    this.joiner.confirm(channel, { roomId: tags.get('room-id'), whole });
    this.queue.flush();
    this.inbox.emit('roomState', state);
  }

  moderation(event: ModerationEvent): void {
    this.inbox.emit('moderation', event);
  }

  parted(channel: string): void {
    this.joiner.parted(channel);
  }
}
