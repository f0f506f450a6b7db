import type { Clock, StopRecord, Undo } from '@pertybot/core';
import type { StoppableOutputs } from '@pertybot/core/host';
import type { PublishOptions } from '../client/broker.js';
import { newId } from '../protocol/ids.js';
import type { Answer, Messages } from '../protocol/messages.js';
import { topicOf } from '../protocol/topics.js';
import type { KeptNodes, OwnRecord } from './kept-nodes.js';

/** What the stop of the host stands on. */
export interface HostStopParts {
  readonly kept: KeptNodes;
  /** As the disk has it. */
  readonly own: OwnRecord;
  readonly nodes: readonly string[];
  readonly clock: Clock;
  publish(topic: string, payload: string, options: PublishOptions): boolean;
  /** Switches off what this bot has wished, everywhere. */
  end(): void;
  changed(): void;
}

/**
 * The emergency stop, as it reaches the nodes: kept by the broker for whoever comes, and said again to each node that
 * is there until it has answered that it has it on its own disk. So is the release, which names that stop.
 */
export class HostStop implements StoppableOutputs {
  private readonly listeners = new Set<{ readonly listener: (record?: StopRecord) => void }>();
  private readonly answered = new Set<string>();
  private own: OwnRecord;

  constructor(private readonly parts: HostStopParts) {
    this.own = parts.own;
  }

  get engaged(): StopRecord | undefined {
    const { stop } = this.own;
    return stop && { by: stop.by, at: stop.at };
  }

  /** How the stop of a node stands. */
  stateOf(node: string): 'asked' | 'stopped' | 'releasing' | undefined {
    if (this.own.stop) return this.answered.has(node) ? 'stopped' : 'asked';
    return this.own.releasing.some(({ nodes }) => nodes.includes(node)) ? 'releasing' : undefined;
  }

  engage(by: string): void {
    if (this.own.stop === undefined) {
      this.answered.clear();
      const at = this.parts.clock.date().toISOString();
      this.own = { ...this.own, stop: { stop: newId(), by: by.slice(0, 120), at } };
      // Said first: to write takes its time on a card.
      this.sayStop(this.parts.nodes);
      this.parts.kept.writeOwn(this.own);
      this.tell();
    } else this.sayStop(this.unanswered);
  }

  release(): void {
    const { stop } = this.own;
    if (stop === undefined) return;
    const releasing = [{ stop: stop.stop, nodes: [...this.parts.nodes] }, ...this.own.releasing];
    this.own = { id: this.own.id, releasing: releasing.slice(0, 16) };
    this.parts.kept.writeOwn(this.own);
    for (const node of this.parts.nodes) this.clear(node);
    this.sayReleases(this.parts.nodes);
    this.tell();
  }

  end(): void {
    this.parts.end();
  }

  onChange(listener: (record: StopRecord | undefined) => void): Undo {
    const entry = { listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  /** The broker is reached: it may have forgotten everything, or remember what is over. */
  broker(): void {
    this.sayStop(this.unanswered);
    this.sayReleases(this.parts.nodes);
  }

  /** Says again what these nodes, which are there, have not answered. */
  repeat(nodes: readonly string[]): void {
    this.sayStop(this.unanswered.filter((node) => nodes.includes(node)));
    this.sayReleases(nodes);
  }

  /** Takes what a node says of a stop. */
  take(node: string, { is, stop }: Extract<Answer, { stop: string }>): void {
    if (is === 'stopped') {
      if (stop !== this.own.stop?.stop || this.answered.has(node)) return;
      this.answered.add(node);
    } else {
      const before = this.own.releasing;
      const releasing = before
        .map((each) =>
          each.stop === stop ? { stop, nodes: each.nodes.filter((name) => name !== node) } : each,
        )
        .filter(({ nodes }) => nodes.length > 0);
      if (before.every((each) => each.stop !== stop || !each.nodes.includes(node))) return;
      this.own = { ...this.own, releasing };
      this.parts.kept.writeOwn(this.own);
    }
    this.parts.changed();
  }

  /** The broker has kept a stop: one of this bot that is over is taken away. */
  seeKept(node: string, { stop, host }: Messages['estop']): void {
    if (host === this.own.id && stop !== this.own.stop?.stop) this.clear(node);
  }

  private get unanswered(): readonly string[] {
    return this.parts.nodes.filter((node) => !this.answered.has(node));
  }

  private sayStop(nodes: readonly string[]): void {
    const { stop } = this.own;
    if (stop === undefined) return;
    const said: Messages['estop'] = { stop: stop.stop, host: this.own.id, by: stop.by };
    for (const node of nodes) {
      this.parts.publish(topicOf(node, 'estop'), JSON.stringify(said), { qos: 1, retain: true });
    }
  }

  private sayReleases(nodes: readonly string[]): void {
    for (const { stop, nodes: left } of this.own.releasing) {
      const said: Messages['release'] = { stop, host: this.own.id };
      for (const node of left) {
        if (!nodes.includes(node)) continue;
        this.parts.publish(topicOf(node, 'release'), JSON.stringify(said), { qos: 1 });
      }
    }
  }

  private clear(node: string): void {
    this.parts.publish(topicOf(node, 'estop'), '', { qos: 1, retain: true });
  }

  private tell(): void {
    const { engaged } = this;
    for (const { listener } of [...this.listeners]) listener(engaged);
    this.parts.changed();
  }
}
