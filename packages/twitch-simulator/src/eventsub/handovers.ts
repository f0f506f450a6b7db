import { randomUUID } from 'node:crypto';
import { sessionMessage } from './eventsub-message.js';
import type { ReconnectOptions } from './eventsub-scripts.js';
import type { EventSubSession } from './eventsub-session.js';
import type { EventSubWorld } from './eventsub-world.js';

/** Sessions that were asked to move to another server, by the word that lets them in there. */
export class Handovers {
  private readonly waiting = new Map<string, EventSubSession>();

  constructor(private readonly world: EventSubWorld) {}

  /** Asks a session to move. */
  begin(session: EventSubSession, options: ReconnectOptions = {}): void {
    const { within = this.world.times.reconnectWithin, url = 'good' } = options;
    const challenge = randomUUID();
    if (url === 'good') this.waiting.set(challenge, session);
    const address = new URL(this.world.url);
    address.searchParams.set('challenge', challenge);
    address.searchParams.set('id', session.id);
    const described = session.describe('reconnecting', address.href);
    session.send(sessionMessage('session_reconnect', described, this.world.clock()));
    const end = (): void => {
      this.waiting.delete(challenge);
      session.close(4004);
    };
    const timer = setTimeout(end, within).unref();
    session.onEnd(
      () => undefined,
      () => {
        clearTimeout(timer);
        // Whoever closes the old socket before the new one is welcomed has lost the session.
        this.waiting.delete(challenge);
      },
    );
  }

  /** The session that moves with these words; it does so once. */
  take(challenge: string | null, id: string | null): EventSubSession | undefined {
    const session = challenge === null ? undefined : this.waiting.get(challenge);
    if (challenge === null || session === undefined || session.id !== id) return undefined;
    this.waiting.delete(challenge);
    return session.open ? session : undefined;
  }

  /** The new session has been welcomed: what the old one had is the new one's. */
  complete(from: EventSubSession, to: EventSubSession): void {
    to.owner = from.owner;
    from.movedTo = to.id;
    this.world.subscriptions.move(from.id, to.id);
    this.world.hub.emit('move', { from, to });
  }
}
