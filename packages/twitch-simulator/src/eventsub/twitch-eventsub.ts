import type { EventHub, Listener, Undo } from '../event-hub.js';
import type { EventSubEvents } from './eventsub-events.js';
import { EventSubFaults } from './eventsub-faults.js';
import { subscriptionMessage } from './eventsub-message.js';
import type { RevocationReason } from './eventsub-scripts.js';
import type { EventSubSession } from './eventsub-session.js';
import type { EventSubWorld } from './eventsub-world.js';
import type { Handovers } from './handovers.js';
import { Notifier, type TwitchNotification } from './notifier.js';
import type { Subscription } from './subscription.js';

/** The EventSub side of the simulated Twitch, as tests and `pertybot dev` steer it. */
export class TwitchEventSub {
  /** Lets the EventSub side go wrong. */
  readonly faults: EventSubFaults;
  private readonly notifier: Notifier;

  constructor(
    private readonly world: EventSubWorld,
    handovers: Handovers,
  ) {
    this.notifier = new Notifier(world);
    this.faults = new EventSubFaults(world.scripts, world.sessions, {
      reconnect: (options) => {
        for (const session of this.sessions) handovers.begin(session, options);
      },
      revoke: (reason, type) => this.revoke(reason, (each) => (type ?? each.type) === each.type),
    });
    world.grants.onKill(({ client, account }) => {
      const theirs = (each: Subscription): boolean =>
        each.clientId === client.id && each.userId === account?.id;
      this.revoke('authorization_revoked', theirs);
    });
  }

  /** Calls `listener` on each `event` from now on; returns the undo. */
  on<Name extends keyof EventSubEvents>(
    event: Name,
    listener: Listener<EventSubEvents[Name]>,
  ): Undo {
    return this.world.hub.on(event, listener);
  }

  /** The first such event from now on. @see EventHub.waitFor */
  waitFor: EventHub<EventSubEvents>['waitFor'] = (event, accept, timeout) =>
    this.world.hub.waitFor(event, accept, timeout);

  /** Waits until a condition holds; it is asked now and after every event. @see EventHub.until */
  until(condition: () => boolean, timeout?: number): Promise<void> {
    return this.world.hub.until(condition, timeout);
  }

  /** The connections that are open now, without those that a fault made deaf. */
  get sessions(): readonly EventSubSession[] {
    return [...this.world.sessions.values()].filter((session) => session.open && !session.deaf);
  }

  /** Every subscription that is listed now, oldest first; the dead ones for a minute. */
  get subscriptions(): readonly Subscription[] {
    return this.world.subscriptions.all;
  }

  /** Whether an enabled subscription of that type is there. */
  subscribed(type: string): boolean {
    return this.subscriptions.some((each) => each.type === type && each.status === 'enabled');
  }

  /**
   * Sends an event of one's own making to whom it concerns, be its type known or not.
   * @returns how many subscriptions it went to
   */
  notify(notification: TwitchNotification): number {
    return this.notifier.notify(notification);
  }

  /** @internal somebody is a moderator no more: what they were told as one is taken back */
  dismiss(broadcasterId: string, moderatorId: string): void {
    this.revoke(
      'moderator_removed',
      ({ condition }) =>
        condition.broadcaster_user_id === broadcasterId &&
        condition.moderator_user_id === moderatorId,
    );
  }

  private revoke(reason: RevocationReason, chosen: (each: Subscription) => boolean): number {
    const { world } = this;
    const revoked = world.subscriptions.all.filter(
      (each) => each.status === 'enabled' && chosen(each),
    );
    for (const subscription of revoked) {
      world.subscriptions.end(subscription, reason);
      const message = subscriptionMessage(subscription, undefined, world.clock());
      world.sessions.get(subscription.sessionId)?.send(message);
      world.hub.emit('revoke', { subscription });
    }
    return revoked.length;
  }
}
