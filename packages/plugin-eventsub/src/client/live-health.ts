import { inject, injectable } from '@pertybot/core';
import { Translator } from '../events/translator.js';
import type { EventGap, EventSubHealth, SubscriptionHealth } from '../eventsub-health.js';
import type { AccountSession } from './account-session.js';
import type { Entry } from './entry.js';
import { EventSub } from './event-sub.js';
import { loginCommand } from './post-subscription.js';
import type { Problem } from './wanted-subscription.js';

/** Reads the health of EventSub from its parts, each time anew. */
@injectable()
export class LiveEventSubHealth implements EventSubHealth {
  constructor(
    @inject(EventSub) private readonly eventSub: EventSub,
    @inject(Translator) private readonly translator: Translator,
  ) {}

  get state(): EventSubHealth['state'] {
    const { subscriptions } = this;
    if (subscriptions.length === 0) return 'idle';
    const on = subscriptions.filter((each) => each.on).length;
    if (on === subscriptions.length) return 'ok';
    return on === 0 ? 'down' : 'degraded';
  }

  get subscriptions(): readonly SubscriptionHealth[] {
    return this.eventSub.all.flatMap((session) =>
      session.subscriptions.all.map((entry) => toHealth(entry, session)),
    );
  }

  get lastGap(): EventGap | undefined {
    return this.eventSub.lastGap;
  }

  get malformedEvents(): number {
    return this.translator.malformed;
  }

  get duplicateMessages(): number {
    return this.eventSub.duplicates;
  }
}

function toHealth(entry: Entry, session: AccountSession): SubscriptionHealth {
  const { channel, type } = entry.wanted;
  const common = { channel, event: type.event, type: type.type };
  if (entry.id !== undefined) return { ...common, on: true };
  const problem = entry.problem ?? problemOf(session);
  if (problem === undefined) return { ...common, on: false };
  return { ...common, on: false, problem: problem.text, hint: problem.hint };
}

/** What is wrong with all that an account should bring. */
function problemOf({ state, account, problem }: AccountSession): Problem | undefined {
  if (state === 'login') {
    const who = account.account === 'bot' ? 'The bot' : `"${account.channel}"`;
    return {
      text: `${who} is not logged in.`,
      hint: `Run: ${loginCommand(account)}`,
    };
  }
  if (problem === undefined) return undefined;
  return {
    text: `There is no connection to EventSub: ${problem}.`,
    hint: 'The bot connects again by itself; if it goes on, check the network.',
  };
}
