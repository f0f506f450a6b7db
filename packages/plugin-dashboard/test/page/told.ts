import type { Fed, FeedUser } from '../../src/shared/feed.js';

/** Somebody in chat. */
export function somebody(login: string, roles: readonly string[] = []): FeedUser {
  return { login, name: login, roles, badges: {} };
}

type Parts<Type extends Fed['type']> = Omit<Extract<Fed, { type: Type }>, 'type' | 'number' | 'at'>;

/** Events in their order, each at its time. */
export class Told {
  readonly feed: Fed[] = [];

  add<Type extends Fed['type']>(at: number, type: Type, parts: Parts<Type>): this {
    // Each variant is what its own parts make it.
    this.feed.push({ ...parts, type, at, number: this.feed.length + 1 } as unknown as Fed);
    return this;
  }

  /** Somebody says something in chat. */
  say(at: number, login: string, text: string, id = text): this {
    const user = somebody(login);
    return this.add(at, 'message', { id, channel: 'c', user, text, action: false, bits: 0 });
  }

  /** A command ran. */
  run(at: number, login: string, command: string, messageId: string): this {
    const user = somebody(login);
    return this.add(at, 'command', { command, plugin: 'gpio', user, messageId, took: 2 });
  }

  /** A command was refused. */
  refuse(at: number, login: string, reason: string, messageId: string, text?: string): this {
    const user = somebody(login);
    return this.add(at, 'refusal', {
      reason,
      command: 'lamp',
      user,
      messageId,
      ...(text && { text }),
    });
  }

  /** Something happened in the channel. */
  happen(
    at: number,
    name: string,
    facts: Extract<Fed, { type: 'event' }>['facts'],
    login?: string,
  ): this {
    return this.add(at, 'event', { name, facts, ...(login && { user: somebody(login) }) });
  }
}
