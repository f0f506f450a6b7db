import type { CommandRouter } from '../commands/command-router.js';
import type { ChatMessage } from '../contracts/chat.js';
import type { Undo } from '../contracts/consumer.js';
import type { BotEvents } from '../contracts/events.js';
import type { Inbox } from '../contracts/inbox.js';
import type { Redemption } from '../contracts/redemption.js';
import type { RedemptionOutcome, RedemptionWatch } from '../contracts/reward.js';
import type { EventHub, OnFault } from '../events/event-hub.js';
import { IdleWaiters } from '../host/idle-waiters.js';
import { BroughtEvents } from './brought-events.js';
import type { PaidCommands } from './paid-commands.js';

/** Where what comes in goes. */
interface InboxParts {
  readonly router: CommandRouter;
  readonly paid: PaidCommands;
  readonly onFault: OnFault;
}

const handled = Promise.resolve();

/** Hands what chat plugins tell to those who listen, and messages to the router. */
export class RoutedInbox implements Inbox {
  private readonly brought = new BroughtEvents();
  private readonly router: CommandRouter;
  private readonly paid: PaidCommands;
  private readonly onFault: OnFault;
  private readonly idleWaiters: IdleWaiters;

  constructor(
    private readonly events: EventHub,
    { router, paid, onFault }: InboxParts,
  ) {
    this.router = router;
    this.paid = paid;
    this.onFault = onFault;
    this.idleWaiters = new IdleWaiters(() => router.active === 0 && paid.active === 0);
  }

  hear(message: ChatMessage): Promise<void> {
    this.events.tellProgram('message', message);
    // Before the plugins that listen to all of chat: however many they are, a command does not wait for them.
    const routed = this.route(message);
    this.events.tellPlugins('message', message);
    const announced = this.events.has('handled');
    if (routed === undefined) {
      if (announced) this.events.emit('handled', { messageId: message.id });
      return handled;
    }
    const settle = () => {
      if (announced) this.events.emit('handled', { messageId: message.id });
      this.idleWaiters.check();
    };
    return routed.then(settle, (error: unknown) => {
      this.onRouterFault(message, error);
      settle();
    });
  }

  redeem(
    redemption: Redemption,
    watch: RedemptionWatch = { willMove() {} },
  ): Promise<RedemptionOutcome> {
    return this.paid.redeem(redemption, watch).then((outcome) => {
      this.idleWaiters.check();
      return outcome;
    });
  }

  setLive(channel: string, isLive: boolean | undefined): void {
    this.paid.live.set(channel, isLive);
  }

  emit<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    this.events.emit(event, data);
  }

  isHeard(event: keyof BotEvents): boolean {
    return this.events.isHeard(event);
  }

  heardBy(event: keyof BotEvents): readonly string[] {
    return this.events.pluginsThatHear(event);
  }

  onHeard(listener: (event: keyof BotEvents) => void): Undo {
    return this.events.onHeard(listener);
  }

  brings(event: keyof BotEvents, channel: string): Undo {
    return this.brought.add(event, channel);
  }

  isBrought(event: keyof BotEvents, channel: string): boolean {
    return this.brought.has(event, channel);
  }

  /** Resolves when no command runs or waits. */
  idle(): Promise<void> {
    return this.idleWaiters.wait();
  }

  private route(message: ChatMessage): Promise<void> | undefined {
    try {
      return this.router.route(message);
    } catch (error) {
      // A message whose fields are read late may fail when they are.
      this.onRouterFault(message, error);
      return undefined;
    }
  }

  private onRouterFault({ id: messageId }: ChatMessage, error: unknown): void {
    this.onFault({ plugin: '', where: 'router', messageId }, error);
  }
}
