import { Clock, Inbox, inject, injectable } from '@pertybot/core';
import { IrcConfig } from '../irc-config.js';
import { ChannelJoiner } from '../outgoing/channel-joiner.js';
import { SendQueue } from '../outgoing/send-queue.js';
import type { PrivateMessage } from '../tmi/chat-connection.js';
import type { IrcTags } from '../tmi/irc-tags.js';
import { IrcChatMessage, MessageAges } from './irc-chat-message.js';
import { MessageMemory } from './message-memory.js';

/** Counts what was dropped since the plugin started. */
@injectable()
export class LineCounts {
  /** Lines that made no sense. */
  malformedLines = 0;
  /** Messages that arrived a second time. */
  duplicateMessages = 0;
}

/** Decides of each line of chat whether the bot hears it, only sees it, or neither. */
@injectable()
export class IncomingMessages {
  private readonly memory = new MessageMemory();
  /** Undefined where nobody is. */
  private ignored: ReadonlySet<string> | undefined;
  private sharedChat = false;
  private botLogin = '';
  private ages = new MessageAges();

  constructor(
    @inject(IrcConfig) config: IrcConfig,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(LineCounts) private readonly counts: LineCounts,
    @inject(SendQueue) private readonly queue: SendQueue,
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.configure(config);
  }

  /** Takes what the configuration says of whose lines run commands. */
  configure({ ignore, sharedChat }: IrcConfig): void {
    this.ignored = ignore.length > 0 ? new Set(ignore) : undefined;
    this.sharedChat = sharedChat;
  }

  /** Begins a connection. @param login as whom the bot is logged in */
  begin(login: string): void {
    this.botLogin = login;
    this.ages = new MessageAges();
  }

  /** Takes a line as it came. @param at when, by the clock @default now */
  take(line: PrivateMessage, at = this.clock.now()): void {
    // Twitch does not send a line back to the connection that wrote it, but other servers may. What the
    // owner writes elsewhere, as the account that the bot has, is heard like anybody's.
    if (line.login === this.botLogin && this.queue.saidLately(line.channel, line.text)) return;
    const { tags } = line;
    const id = tags.get('id');
    if (!id) {
      this.counts.malformedLines++;
      return;
    }
    const { botLogin, ages } = this;
    const message = new IrcChatMessage(line, id, { botLogin, ages, at });
    // In a shared chat each room brings its own copy of a line; the source's id is the same.
    const shared = message.sharedFrom !== undefined;
    const original = shared ? (tags.get('source-id') ?? id) : id;
    if (this.isCopy(message) || this.memory.isRepeated(original)) {
      this.counts.duplicateMessages++;
      return;
    }
    if (this.ignored?.has(line.login) || (shared && !this.sharedChat)) {
      this.inbox.emit('message', message);
      return;
    }
    if (!shared) this.announce(message, tags);
    // Does not wait: the next line is read while handlers run. `hear` never rejects.
    void this.inbox.hear(message);
  }

  /** Whether the bot sits in the room where the line was written, and hears it there. */
  private isCopy({ sharedFrom }: IrcChatMessage): boolean {
    return sharedFrom !== undefined && this.joiner.sitsInRoom(sharedFrom);
  }

  /** Tells of the bits and the reward that come with a message. */
  private announce(message: IrcChatMessage, tags: IrcTags): void {
    // Few messages bear either, and each search goes through all tags.
    if (this.inbox.isHeard('cheer') && message.bits > 0) {
      const { channel, user, bits } = message;
      this.inbox.emit('cheer', { channel, user, bits, message });
    }
    // EventSub tells more of a redemption, also of one without a text.
    if (!this.inbox.isHeard('redeem') || this.inbox.isBrought('redeem', message.channel)) return;
    const rewardId = message.customRewardId ?? builtInReward(tags.get('msg-id'));
    if (rewardId) {
      const { channel, user, text } = message;
      this.inbox.emit('redeem', { channel, user, rewardId, text, message });
    }
  }
}

/** Rewards that every channel has are told by `msg-id` alone. */
function builtInReward(id: string | undefined): string | undefined {
  return id === 'highlighted-message' || id === 'skip-subs-mode-message' ? id : undefined;
}
