import type { Fed } from '../../shared/feed.js';
import { eventSentence } from '../chat/event-sentence.js';
import { DraftTrail } from './draft-trail.js';
import type { Trail } from './trail.js';

/** How long after an event its reactions are told, milliseconds. */
const reactionTime = 10_000;

/** How long after a gadget was asked by nobody in chat its pins belong to that, milliseconds. */
const ownTime = 1_500;

/** The ways of all that was heard, the newest first. */
export function trailsOf(feed: readonly Fed[]): readonly Trail[] {
  const trails = new Trails();
  for (const each of feed) trails.take(each);
  return trails.list.map((each) => each.toTrail()).sort((one, other) => other.at - one.at);
}

/** Gathers what belongs to the same message, redemption or event. */
class Trails {
  readonly list: DraftTrail[] = [];
  private readonly byKey = new Map<string, DraftTrail>();

  take(each: Fed): void {
    if (each.type === 'message') this.of(each.id, each).hear(each);
    else if (each.type === 'command') this.of(keyOf(each), each).run(each);
    else if (each.type === 'refusal') this.of(keyOf(each), each).refuse(each);
    else if (each.type === 'reply') this.byKey.get(each.replyTo ?? '')?.reply(each);
    else if (each.type === 'fault') this.byKey.get(each.messageId ?? '')?.fault(each);
    else if (each.type === 'reaction') this.lastEvent(each.event, each.at)?.react(each);
    else if (each.type === 'pin') this.pin(each);
    else if (each.type === 'gadget') this.gadget(each);
    else if (each.type === 'event') this.event(each);
  }

  /** The trail of that key, begun where there is none: pins move before plugins are told of the line. */
  private of(key: string, { at }: Fed, kind: Trail['kind'] = 'message'): DraftTrail {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const begun = new DraftTrail(key, at, kind);
    this.byKey.set(key, begun);
    this.list.push(begun);
    return begun;
  }

  /** What a gadget or a pin did belongs to whatever asked for it, where that is known. */
  private causedBy(each: Extract<Fed, { type: 'pin' | 'gadget' }>): DraftTrail | undefined {
    const { cause, gadget, at } = each;
    if (cause?.messageId !== undefined) return this.of(cause.messageId, each);
    if (cause?.event !== undefined) return this.lastEvent(cause.event, at);
    const { by, reward } = cause ?? {};
    if (reward !== undefined) {
      return this.list.findLast(
        (one) => one.kind === 'redemption' && one.who === by && !one.isOver,
      );
    }
    return this.list.findLast(
      (one) => one.kind === 'gadget' && one.command === gadget && at - one.latest < ownTime,
    );
  }

  private pin(each: Extract<Fed, { type: 'pin' }>): void {
    const trail = this.causedBy(each) ?? this.of(`pin ${each.number}`, each, 'gadget');
    if (trail.kind === 'gadget' && trail.who === '') trail.own(each);
    trail.move(each);
  }

  private lastEvent(name: string, at: number): DraftTrail | undefined {
    return this.list.findLast((one) => one.command === name && at - one.at < reactionTime);
  }

  private event(each: Extract<Fed, { type: 'event' }>): void {
    const { redemptionId } = each.facts;
    const isRedemption = typeof redemptionId === 'string';
    const key = isRedemption ? redemptionId : `event ${each.number}`;
    const trail = this.of(key, each, isRedemption ? 'redemption' : 'event');
    if (each.name === 'redeemUpdate') trail.settle(each);
    else trail.happen(each, eventSentence(each));
  }

  /** What chat did not ask for: the owner did, at the page or a terminal, or the guard. */
  private gadget(each: Extract<Fed, { type: 'gadget' }>): void {
    const trail = this.causedBy(each);
    if (trail === undefined) this.of(`gadget ${each.number}`, each, 'gadget').begin(each);
    else if (trail.kind === 'gadget') trail.begin(each);
  }
}

/** What was paid for is known by its redemption, all else by its line of chat. */
function keyOf({ redemption, messageId }: Extract<Fed, { type: 'command' | 'refusal' }>): string {
  return redemption?.id ?? messageId;
}
