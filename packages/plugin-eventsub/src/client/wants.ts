import {
  type BotEvents,
  Inbox,
  inject,
  injectable,
  RequestedScopes,
  type Undo,
} from '@pertybot/core';
import type { EventType } from '../events/event-type.js';
import { eventTypes } from '../events/event-types.js';

/** What plugins listen to of what EventSub brings, and the scopes that it takes. */
@injectable()
export class Wants {
  private unwant: Undo = () => {};

  constructor(
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(RequestedScopes) private readonly scopes: RequestedScopes,
  ) {}

  /** Types of whose event a plugin would hear. */
  get types(): readonly EventType[] {
    return eventTypes.filter(({ event }) => this.inbox.heardBy(event).length > 0);
  }

  /** Calls `listener` after something of it has changed. */
  onChange(listener: () => void): Undo {
    const events = new Set<keyof BotEvents>(eventTypes.map(({ event }) => event));
    const undos = [
      this.inbox.onHeard((event) => {
        if (events.has(event)) listener();
      }),
      this.scopes.onChange(listener),
    ];
    return () => {
      for (const undo of undos) undo();
    };
  }

  /** Asks the broadcasters for the scopes of `types`, and no longer for any other. */
  askFor(types: readonly EventType[]): void {
    const before = this.unwant;
    const others = this.withoutOwn();
    const wanted = types.flatMap(({ event, scopes }) => {
      const [least] = scopes;
      if (least === undefined) return [];
      // Where another plugin wants the greater scope, it holds what the lesser one does.
      const scope = scopes.find((each) => others.has(each)) ?? least;
      return [{ scope, account: 'broadcaster' as const, plugins: this.inbox.heardBy(event) }];
    });
    this.unwant = this.scopes.want(wanted);
    before();
  }

  /** Asks for nothing any more. */
  stop(): void {
    this.unwant();
    this.unwant = () => {};
  }

  /** Scopes that are wanted of broadcasters by others. */
  private withoutOwn(): ReadonlySet<string> {
    this.unwant();
    const { list } = this.scopes;
    return new Set(
      list.filter(({ account }) => account === 'broadcaster').map(({ scope }) => scope),
    );
  }
}
