import type { ChatUser } from '../contracts/chat.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import type { Store } from '../contracts/store.js';
import type { KnownUsers } from './allow.js';

/** Remembers in a store which user id first came under a login that an `allow:` names. */
export class StoredKnownUsers implements KnownUsers {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly store: Store,
    private readonly log: Logger,
  ) {}

  /** Reads what earlier runs saw. */
  async load(): Promise<void> {
    try {
      for (const login of await this.store.keys()) {
        const id = await this.store.get(login);
        if (typeof id === 'string') this.ids.set(login, id);
      }
    } catch (error) {
      // The bot runs without them; whoever comes first under a login is taken for its owner again.
      this.log.error(`The ids of known users could not be read: ${messageOf(error)}`, { error });
    }
  }

  is(login: string, user: ChatUser): boolean {
    const known = this.ids.get(login);
    if (known !== undefined) return known === user.id;
    if (user.login !== login) return false;
    this.ids.set(login, user.id);
    this.store.set(login, user.id).catch((error: unknown) => {
      this.log.warn(`The id of "${login}" could not be stored.`, { error });
    });
    return true;
  }
}
