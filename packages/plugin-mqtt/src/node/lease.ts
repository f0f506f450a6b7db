import type { Clock, Logger, SharedGadget, SharedGadgets, Undo } from '@pertybot/core';
import type { Sender } from '../protocol/messages.js';
import { claimTime, leaseTime } from '../protocol/times.js';

/** What a lease stands on. */
export interface LeaseParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly gadgets: Pick<SharedGadgets, 'find' | 'outputs'>;
  /** Told when who holds the node, or whether something is on for it, has changed. */
  changed(): void;
}

/** A gadget that the holder has wished on. */
interface Held {
  readonly gadget: SharedGadget;
  /** The wish that was last. */
  wish: string;
  /** Ends the watch over the host's own longest time. */
  cancel: Undo;
  isLimited: boolean;
}

/**
 * Who has the node, and what is on for it. While something is, the holder is heard from again and again; when nothing
 * is for two seconds of this machine's own monotonic clock, all of that is made safe, and somebody else may have it.
 */
export class Lease {
  private current: Sender | undefined;
  private readonly held = new Map<string, Held>();
  private leaseUntil = Number.NEGATIVE_INFINITY;
  private claimUntil = Number.NEGATIVE_INFINITY;
  private cancel: Undo = () => {};

  constructor(private readonly parts: LeaseParts) {}

  get holder(): Sender | undefined {
    return this.current;
  }

  /** Whether something is on that the holder has wished. */
  get holds(): boolean {
    return this.held.size > 0;
  }

  /**
   * A bot says that it wants the node, or what is on there.
   * @returns the bot that holds it, where that is another one
   */
  hear(host: Sender, wants: 'on' | 'nothing' | 'bye'): Sender | undefined {
    this.look();
    if (this.current && this.current.id !== host.id) return this.current;
    // Another life of the same bot knows nothing of what is on.
    if (this.current && this.current.session !== host.session) this.makeSafe('has started anew');
    if (wants === 'bye') {
      if (this.current) this.end('has gone');
      return undefined;
    }
    const isNew = this.current === undefined;
    this.current = host;
    const now = this.parts.clock.now();
    this.claimUntil = now + claimTime;
    if (wants === 'on') this.leaseUntil = now + leaseTime;
    this.watch();
    if (isNew) this.parts.changed();
    return undefined;
  }

  /** Something may be on for the holder from now. @param atMost longest time that the host lets it be, milliseconds */
  hold(gadget: SharedGadget, wish: string, atMost?: number): void {
    const held = this.held.get(gadget.name) ?? { gadget, wish, cancel: () => {}, isLimited: false };
    held.wish = wish;
    if (atMost !== undefined && !held.isLimited) {
      held.isLimited = true;
      held.cancel = this.parts.clock.after(atMost, () => void gadget.switchOff());
    }
    this.held.set(gadget.name, held);
    this.watch();
  }

  /** Whether a gadget is held for that life of a bot. */
  has({ name }: SharedGadget, host: Sender): boolean {
    return this.current?.session === host.session && this.held.has(name);
  }

  /** Switches off what that wish has set off, if it was the last for its gadget. */
  cancelWish(wish: string): void {
    for (const held of this.held.values()) if (held.wish === wish) void held.gadget.switchOff();
  }

  /** Forgets what is off by now. @param besides gadgets that are just being asked */
  settle(besides?: ReadonlySet<string>): void {
    let isLess = false;
    for (const [name, { gadget, cancel }] of this.held) {
      if (besides?.has(name) || isOn(gadget, this.parts.gadgets)) continue;
      cancel();
      this.held.delete(name);
      isLess = true;
    }
    if (!isLess) return;
    this.watch();
    this.parts.changed();
  }

  /** Switches off what is on for the holder, all of it or one gadget. */
  switchOff(gadget?: string): void {
    for (const [name, held] of this.held) {
      if (gadget === undefined || gadget === name) void held.gadget.switchOff();
    }
  }

  /** Makes safe what is on, and is held by nobody. */
  end(why: string): void {
    this.makeSafe(why);
    this.cancel();
    this.current = undefined;
    this.leaseUntil = Number.NEGATIVE_INFINITY;
    this.claimUntil = Number.NEGATIVE_INFINITY;
    this.parts.changed();
  }

  /** Ends it if its time is over: a timer that comes late must not let a late word in first. */
  private look(): void {
    if (!this.current) return;
    const now = this.parts.clock.now();
    if (this.holds && now >= this.leaseUntil) this.end('was not heard for 2s');
    else if (now >= this.claimUntil) this.end('has gone without a word');
    else this.watch();
  }

  private watch(): void {
    this.cancel();
    if (!this.current) return;
    const due = this.holds ? Math.min(this.leaseUntil, this.claimUntil) : this.claimUntil;
    const left = Math.max(0, due - this.parts.clock.now());
    this.cancel = this.parts.clock.after(left, () => this.look());
  }

  private makeSafe(why: string): void {
    if (this.held.size === 0) return;
    const names = [...this.held.keys()].map((name) => `"${name}"`).join(', ');
    for (const { gadget, cancel } of this.held.values()) {
      cancel();
      void gadget.switchOff();
    }
    this.held.clear();
    this.parts.log.warn(`${this.current?.name ?? 'The host'} ${why}: ${names} made safe.`);
  }
}

type Gadgets = Pick<SharedGadgets, 'find' | 'outputs'>;

/** Whether something goes on at a gadget, waits there, or has left its safe level. */
function isOn(gadget: SharedGadget, gadgets: Gadgets, seen = new Set<string>()): boolean {
  if (seen.has(gadget.name)) return false;
  seen.add(gadget.name);
  if (gadget.busy || gadget.waiting > 0) return true;
  const own = gadgets.outputs.filter((output) => output.gadget === gadget.name);
  if (own.some(({ on }) => on)) return true;
  const driven = gadget.drives.flatMap((name) => gadgets.find(name) ?? []);
  if (driven.some((each) => isOn(each, gadgets, seen))) return true;
  // One without pins, such as a lamp in the network, is on until it says that it is off.
  return own.length === 0 && gadget.drives.length === 0 && gadget.state !== 'off';
}
