import { type Clock, isRefusal, type Logger, type Refusal, type Undo } from '@pertybot/core';
import type { PublishOptions } from '../client/broker.js';
import type { NodeSettings } from '../mqtt-config.js';
import { newId } from '../protocol/ids.js';
import {
  type AnnouncedGadget,
  type Announcement,
  type Answer,
  type Ask,
  type Beat,
  type GadgetState,
  type Messages,
  type Sender,
} from '../protocol/messages.js';
import { awayAfter, claimInterval, wishExpiry } from '../protocol/times.js';
import { type Leaf, topicOf } from '../protocol/topics.js';
import { refuseWith } from '../replies.js';
import { type Fulfilled, PendingWishes } from './pending-wishes.js';
import { Twins } from './twins.js';

/** What a node is seen with. */
export interface NodeViewParts {
  readonly clock: Clock;
  readonly log: Logger;
  /** This bot, in this life. */
  readonly host: Sender;
  publish(topic: string, payload: string, options: PublishOptions): boolean;
  /** Told when the node is there, is away, or has changed. */
  changed(): void;
  /** Told when it says what it has. */
  announced(gadgets: readonly AnnouncedGadget[]): void;
}

/** How long after a wish the lease is renewed though the node has not said yet that something is on, milliseconds. */
const grace = 1_000;

/** One node as the host sees it: whether it is there, what it said last, and the wishes that are under way. */
export class NodeView {
  /** How its gadgets were, when it said so last. */
  states: Readonly<Record<string, GadgetState>> = {};
  /** The bot that holds it. */
  holder: Sender | undefined;
  private beat: Beat | undefined;
  private readonly twins = new Twins();
  private hasAnnounced = false;
  private heardAt: number | undefined;
  private isHere = false;
  private holds = false;
  private wantedUntil = Number.NEGATIVE_INFINITY;
  private nextClaim = Number.NEGATIVE_INFINITY;
  private cancel: Undo = () => {};
  private readonly waiters: (() => void)[] = [];
  private readonly pending: PendingWishes;

  constructor(
    readonly name: string,
    readonly settings: NodeSettings,
    private readonly parts: NodeViewParts,
  ) {
    this.pending = new PendingWishes(parts.clock, () => this.away());
  }

  /** Whether it beats. */
  get isThere(): boolean {
    return this.isHere;
  }

  /** Whether it has said what it has since it, or the broker, came back. */
  get isAnnounced(): boolean {
    return this.hasAnnounced;
  }

  get wasHeard(): boolean {
    return this.heardAt !== undefined;
  }

  /** Milliseconds since its last beat. */
  get heardAgo(): number | undefined {
    return this.heardAt === undefined ? undefined : this.parts.clock.now() - this.heardAt;
  }

  get roundTrip(): number | undefined {
    return this.pending.roundTrip;
  }

  /** Whether something is on there, or may be, that this bot has wished. */
  get isLeased(): boolean {
    return this.isHere && this.wantsOn;
  }

  /** The other bot that holds it. */
  get otherHolder(): Sender | undefined {
    return this.holder && this.holder.id !== this.parts.host.id ? this.holder : undefined;
  }

  /** Whether two machines go by its name: each would do a part of what is wished, and nobody knew which. */
  get isDouble(): boolean {
    return this.twins.areSeen(this.parts.clock.now());
  }

  /** Why nothing can be wished of it now. */
  refusal(): Refusal | undefined {
    if (!this.isHere || this.isDouble) return this.away();
    const { name: node, otherHolder: holder } = this;
    return holder && refuseWith('mqtt.held', { node, holder: holder.name });
  }

  /** Takes a beat: it is there. */
  hear(beat: Beat): void {
    const { clock, log } = this.parts;
    const isOther = this.beat !== undefined && this.beat.session !== beat.session;
    // Brokers may double and reorder.
    if (!isOther && this.beat && beat.n <= this.beat.n) return;
    if (isOther) this.heedTwins(beat.session);
    this.beat = beat;
    this.heardAt = clock.now();
    this.cancel();
    this.cancel = clock.after(awayAfter, () => this.lose());
    if (this.isHere) return;
    this.isHere = true;
    log.info(`"${this.name}" is there.`);
    this.renew();
    this.changed();
  }

  /** Takes what it says of its gadgets. */
  see({ holder, holds, gadgets, session }: Messages['state'], isRetained: boolean): void {
    // What the broker has kept may be of another life.
    if (isRetained && this.beat && this.beat.session !== session) return;
    this.holder = holder ?? undefined;
    this.holds = holds && holder?.session === this.parts.host.session;
    this.states = gadgets;
    if (this.isHere && this.holder === undefined) this.renew();
    this.changed();
  }

  announce({ gadgets }: Announcement): void {
    this.hasAnnounced = true;
    this.parts.announced(gadgets);
  }

  take(answer: Extract<Answer, { wish: string }>): void {
    this.pending.take(answer);
  }

  /** It is not heard any more, or the broker is not. */
  lose(): void {
    this.cancel();
    this.hasAnnounced = false;
    // A number that somebody made up must not keep it away.
    this.beat = undefined;
    if (!this.isHere) return;
    this.isHere = false;
    this.forget();
    this.parts.log.warn(`"${this.name}" is away: nothing is heard of it.`);
    this.changed();
  }

  /** Resolves when something of it changes. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** Sends a wish. @returns what became of it; what is not answered is taken back */
  async wish(ask: Ask): Promise<Refusal | Fulfilled> {
    const refusal = this.refusal();
    if (refusal) return refusal;
    const id = newId();
    // The lease is renewed from now on: it may be done whether its answer comes or not.
    this.wantedUntil = this.parts.clock.now() + grace;
    if (!this.send(id, ask)) return this.away();
    const isPaid = ask.do === 'perform' && ask.paid;
    const answered = await this.pending.wait(id, isPaid);
    if (answered === undefined) {
      if (ask.do === 'perform') this.send(newId(), { do: 'cancel', wish: id });
      return this.away();
    }
    // It has told so by now, and by the same way.
    if (!isRefusal(answered)) this.wantedUntil = this.parts.clock.now() + grace;
    return answered;
  }

  /** Says that this bot still wants what is on, or that it holds the node: in one message. */
  renew(): void {
    if (!this.isHere || !this.beat || this.otherHolder) return;
    const now = this.parts.clock.now();
    if (!this.wantsOn && now < this.nextClaim) return;
    this.nextClaim = now + claimInterval;
    this.sayLease(this.wantsOn ? 'on' : 'nothing');
  }

  /** Says that it goes: whatever is on there for it is made safe. */
  leave(): void {
    if (this.isHere && !this.otherHolder) this.sayLease('bye');
    this.cancel();
    this.isHere = false;
    this.forget();
  }

  private heedTwins(session: string): void {
    this.forget();
    const { clock, log } = this.parts;
    const wasDouble = this.isDouble;
    this.twins.take(session, clock.now());
    if (wasDouble || !this.isDouble) return;
    const text = `Two machines call themselves "${this.name}": nothing is wished of either.`;
    log.error(text, { hint: 'Give one of them another "node:" in its plugins.yaml.' });
    this.changed();
  }

  private changed(): void {
    for (const waiter of this.waiters.splice(0)) waiter();
    this.parts.changed();
  }

  private get wantsOn(): boolean {
    const { clock } = this.parts;
    return this.holds || this.pending.areOpen || clock.now() < this.wantedUntil;
  }

  private sayLease(wants: Messages['lease']['wants']): void {
    if (!this.beat) return;
    const lease: Messages['lease'] = { host: this.parts.host, beat: this.beat, wants };
    this.publish('lease', lease, { qos: 0 });
  }

  private send(wish: string, ask: Ask): boolean {
    const { host } = this.parts;
    if (!this.beat) return false;
    const said: Messages['wish'] = { id: wish, host, beat: this.beat, ask };
    return this.publish('wish', said, { qos: 1, expiry: wishExpiry });
  }

  private publish(leaf: Leaf, message: object, options: PublishOptions): boolean {
    return this.parts.publish(topicOf(this.name, leaf), JSON.stringify(message), options);
  }

  private forget(): void {
    this.holds = false;
    this.holder = undefined;
    this.wantedUntil = Number.NEGATIVE_INFINITY;
    this.nextClaim = Number.NEGATIVE_INFINITY;
    this.pending.lose();
  }

  private away(): Refusal {
    return refuseWith('mqtt.away', { node: this.name });
  }
}
