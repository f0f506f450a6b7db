import type { Account } from '../people.js';

/** What is remembered of a message for those who answer or delete it. */
export interface RecentMessage {
  readonly id: string;
  readonly channel: string;
  readonly author: Account;
  readonly text: string;
  /** Id of the message at the top of its thread, if it is an answer. */
  readonly thread: string | undefined;
}

const limit = 2000;

/** The latest messages of all channels, by id. */
export class RecentMessages {
  private readonly byId = new Map<string, RecentMessage>();

  /** Remembers a message and forgets the oldest beyond 2000. */
  add(message: RecentMessage): void {
    this.byId.set(message.id, message);
    const oldest = this.byId.keys().next();
    if (this.byId.size > limit && oldest.done !== true) this.byId.delete(oldest.value);
  }

  /** The message of that id. */
  find(id: string): RecentMessage | undefined {
    return this.byId.get(id);
  }

  /** The tags that an answer to the message `id` carries. */
  replyTags(id: string | undefined): Readonly<Record<string, string>> {
    if (id === undefined) return {};
    const parent = this.byId.get(id);
    if (parent === undefined) return { 'reply-parent-msg-id': id };
    const root = parent.thread === undefined ? parent : this.byId.get(parent.thread);
    return {
      'reply-parent-display-name': parent.author.displayName,
      'reply-parent-msg-body': parent.text,
      'reply-parent-msg-id': id,
      'reply-parent-user-id': parent.author.id,
      'reply-parent-user-login': parent.author.login,
      'reply-thread-parent-msg-id': parent.thread ?? id,
      ...(root && {
        'reply-thread-parent-display-name': root.author.displayName,
        'reply-thread-parent-user-id': root.author.id,
        'reply-thread-parent-user-login': root.author.login,
      }),
    };
  }
}
