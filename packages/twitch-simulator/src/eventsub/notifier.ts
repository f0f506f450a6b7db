import { subscriptionMessage } from './eventsub-message.js';
import type { NotificationFault } from './eventsub-scripts.js';
import type { EventSubWorld } from './eventsub-world.js';
import type { Condition, Subscription } from './subscription.js';

/** Something that happened, as EventSub tells it. */
export interface TwitchNotification {
  readonly type: string;
  /** @default '1' */
  readonly version?: string;
  /** What conditions are compared with; of what is missing here anything fits. */
  readonly about: Condition;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Brings what happened to every subscription that it concerns. */
export class Notifier {
  constructor(private readonly world: EventSubWorld) {}

  /** @returns how many subscriptions it went to */
  notify({ type, version = '1', about, event }: TwitchNotification): number {
    const concerned = this.world.subscriptions.all.filter(
      (each) =>
        each.status === 'enabled' &&
        each.type === type &&
        each.version === version &&
        fits(each.condition, about),
    );
    for (const subscription of concerned) this.send(subscription, event);
    return concerned.length;
  }

  private send(subscription: Subscription, event: TwitchNotification['event']): void {
    const { world } = this;
    const fault = world.scripts.notification.take('notification') ?? {};
    const told = fault.fields === undefined ? event : { ...event, ...fault.fields };
    const message = subscriptionMessage(subscription, told, world.clock());
    const messageId = message.metadata.message_id ?? '';
    const deliver = (): void => this.deliver(subscription, JSON.stringify(message), fault);
    if (fault.lost !== true) {
      if (fault.delay === undefined) deliver();
      else setTimeout(deliver, fault.delay).unref();
    }
    world.hub.emit('notification', { subscription, messageId, event: told });
  }

  private deliver(subscription: Subscription, frame: string, fault: NotificationFault): void {
    const { sessions } = this.world;
    const session = sessions.get(subscription.sessionId);
    for (let copy = 0; copy <= (fault.duplicate ?? 0); copy += 1) session?.frame(frame);
    if (fault.bothSockets !== true) return;
    for (const old of sessions.values())
      if (old.movedTo === subscription.sessionId) old.frame(frame);
  }
}

function fits(condition: Condition, about: Condition): boolean {
  return Object.entries(condition).every(
    ([key, value]) => value === '' || !Object.hasOwn(about, key) || about[key] === value,
  );
}
