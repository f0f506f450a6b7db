import type { InjectionToken } from '@pertybot/core';

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
