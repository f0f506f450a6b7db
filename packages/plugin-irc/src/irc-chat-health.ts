import { inject, injectable } from '@pertybot/core';
import type { ChannelHealth, ChatHealth } from './chat-health.js';
import { ChatTally } from './incoming/chat-tally.js';
import { ChannelJoiner } from './outgoing/channel-joiner.js';
import { DroppedTexts } from './outgoing/dropped-texts.js';
import { LiveConnection } from './outgoing/live-connection.js';
import { SendQueue } from './outgoing/send-queue.js';

/** Reads the health of chat from its parts, each time anew. */
@injectable()
export class IrcChatHealth implements ChatHealth {
  constructor(
    @inject(LiveConnection) private readonly connection: LiveConnection,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(SendQueue) private readonly queue: SendQueue,
    @inject(ChatTally) private readonly tally: ChatTally,
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
    return this.tally.malformedLines;
  }

  get duplicateMessages(): number {
    return this.tally.duplicateMessages;
  }
}
