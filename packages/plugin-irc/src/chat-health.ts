import { type InjectionToken, inject, injectable } from '@pertybot/core';
import { LineCounts } from './incoming/incoming-messages.js';
import { ChannelJoiner } from './outgoing/channel-joiner.js';
import { DroppedTexts } from './outgoing/dropped-texts.js';
import { LiveConnection } from './outgoing/live-connection.js';
import { SendQueue } from './outgoing/send-queue.js';

/** How the bot stands with one of its channels. */
export interface ChannelHealth {
  readonly channel: string;
  readonly joined: boolean;
  /** Why it is not joined, when known. */
  readonly problem?: string;
}

/** How chat does. */
export interface ChatHealth {
  /** `ok`: in every channel; `degraded`: connected, but not in every channel; `down`: not connected. */
  readonly state: 'ok' | 'degraded' | 'down';
  /** One entry for each channel of the configuration. */
  readonly channels: readonly ChannelHealth[];
  /** Messages that wait to be sent. */
  readonly waitingMessages: number;
  /** Texts that were dropped since the start. */
  readonly droppedTexts: number;
  /** Why the last of them was dropped; undefined where none was. */
  readonly lastDrop: string | undefined;
  /** Lines that made no sense since the start. */
  readonly malformedLines: number;
  /** Messages that arrived a second time since the start. */
  readonly duplicateMessages: number;
}

/** Injection token of the {@link ChatHealth}. */
export const ChatHealth: InjectionToken<ChatHealth> = Symbol.for('pertybot.irc.ChatHealth');

/** Reads the health of chat from its parts, each time anew. */
@injectable()
export class IrcChatHealth implements ChatHealth {
  constructor(
    @inject(LiveConnection) private readonly connection: LiveConnection,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(SendQueue) private readonly queue: SendQueue,
    @inject(LineCounts) private readonly counts: LineCounts,
    @inject(DroppedTexts) private readonly dropped: DroppedTexts,
  ) {}

  get state(): ChatHealth['state'] {
    if (!this.connection.connected) return 'down';
    return this.channels.every(({ joined }) => joined) ? 'ok' : 'degraded';
  }

  get channels(): readonly ChannelHealth[] {
    return this.joiner.all.map(({ channel, state, problem }) => ({
      channel,
      joined: state === 'in',
      ...(problem === undefined ? {} : { problem }),
    }));
  }

  get waitingMessages(): number {
    return this.queue.size;
  }

  get droppedTexts(): number {
    return this.dropped.count;
  }

  get lastDrop(): string | undefined {
    return this.dropped.latest;
  }

  get malformedLines(): number {
    return this.counts.malformedLines;
  }

  get duplicateMessages(): number {
    return this.counts.duplicateMessages;
  }
}
