import type { Delivery } from '@pertybot/core';

/** A text on its way to one channel, in parts that fit into a message each. */
export interface OutgoingText {
  readonly channel: string;
  readonly parts: readonly string[];
  readonly action: boolean;
  /** Characters that a part may have. */
  readonly room: number;
  /** Id of the message that it answers. */
  readonly replyTo: string | undefined;
  /** Number of parts that were written. */
  written: number;
  /** When it was given to the queue; time of the clock. */
  readonly queuedAt: number;
  readonly settle: (delivery: Delivery) => void;
}

/** The IRC line that says `text`. */
export function toLine({ channel, action, replyTo }: OutgoingText, text: string): string {
  const tags = replyTo === undefined ? '' : `@reply-parent-msg-id=${replyTo} `;
  const body = action ? `\u0001ACTION ${text}\u0001` : text;
  return `${tags}PRIVMSG #${channel} :${body}`;
}
