import type { Delivery } from '@pertybot/core';

/** What all parts of a text have in common. */
export interface TextFrame {
  readonly channel: string;
  readonly action: boolean;
  /** Characters that a part may have. */
  readonly room: number;
  /** Id of the message that it answers. */
  readonly replyTo: string | undefined;
}

/** A text on its way to one channel, in parts that fit into a message each. */
export interface OutgoingText extends TextFrame {
  readonly parts: readonly string[];
  /** Number of parts that were written. */
  written: number;
  /** When it was given to the queue; time of the clock. */
  readonly queuedAt: number;
  readonly settle: (delivery: Delivery) => void;
}

/** The IRC line that says `text`. */
export function toLine({ channel, action, replyTo }: TextFrame, text: string): string {
  const tags = replyTo === undefined ? '' : `@reply-parent-msg-id=${replyTo} `;
  const body = action ? `\u0001ACTION ${text}\u0001` : text;
  return `${tags}PRIVMSG #${channel} :${body}`;
}
