import type { Subscriber, Subscription } from './subscription.js';

/** Every subscription, the dead ones for a while. */
export class Subscriptions {
  private list: Subscription[] = [];

  /** @param remember milliseconds that a dead one is still listed */
  constructor(
    private readonly now: () => number,
    private readonly remember: number,
  ) {}

  /** Those that are listed now, oldest first. */
  get all(): readonly Subscription[] {
    const oldest = this.now() - this.remember;
    this.list = this.list.filter(({ disconnectedAt: at }) => at === undefined || at >= oldest);
    return this.list;
  }

  /** Those that one person has by means of one application. */
  of({ clientId, userId }: Subscriber): readonly Subscription[] {
    return this.all.filter((each) => each.clientId === clientId && each.userId === userId);
  }

  /** Those of a session that are enabled. */
  enabledIn(sessionId: string): readonly Subscription[] {
    return this.list.filter((each) => each.sessionId === sessionId && each.status === 'enabled');
  }

  add(subscription: Subscription): void {
    this.list.push(subscription);
  }

  /** Takes one out at once, as `DELETE` does. */
  remove(subscription: Subscription): void {
    this.list = this.list.filter((each) => each !== subscription);
  }

  /** One is no more, for this reason. */
  end(subscription: Subscription, status: string): void {
    subscription.status = status;
    subscription.disconnectedAt = this.now();
  }

  /** Those that are enabled go from one session to the next. */
  move(from: string, to: string): void {
    for (const each of this.enabledIn(from)) {
      each.sessionId = to;
      each.connectedAt = this.now();
    }
  }
}
