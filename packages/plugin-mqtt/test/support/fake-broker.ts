import type {
  Broker,
  BrokerLink,
  BrokerMessage,
  LinkOptions,
  PublishOptions,
} from '../../src/client/broker.js';

/** Something that was published, by whom. */
export interface Published extends PublishOptions {
  readonly from: string;
  readonly topic: string;
  readonly text: string;
}

/** A broker in memory that the test stops, kills, cuts off, and has deliver twice, late or in another order. */
export class FakeBroker implements Broker {
  readonly published: Published[] = [];
  /** Whether it takes messages and delivers none, as one that is stopped. */
  isStopped = false;
  /** Whether it delivers each message twice. */
  doubles = false;
  /** What it keeps and does not say to who comes, as a broker that was told it at the same moment. */
  losing: string | undefined;
  private readonly links = new Set<FakeLink>();
  private retained = new Map<string, string>();
  private held: { readonly topic: string; readonly text: string; readonly retained: boolean }[] =
    [];

  link(options: LinkOptions): BrokerLink {
    const link = new FakeLink(this, options);
    this.links.add(link);
    link.up();
    return link;
  }

  /** What it keeps. */
  get kept(): ReadonlyMap<string, string> {
    return this.retained;
  }

  keep(topic: string, text: string): void {
    this.retained.set(topic, text);
  }

  /** Messages of one kind, by the last level of their topics. */
  of(leaf: string): readonly Published[] {
    return this.published.filter(({ topic }) => topic.split('/')[2] === leaf);
  }

  take(from: FakeLink, topic: string, text: string, options: PublishOptions): void {
    this.published.push({ ...options, from: from.options.clientId, topic, text });
    if (options.retain) {
      if (text === '') this.retained.delete(topic);
      else this.retained.set(topic, text);
    }
    this.say(topic, text);
  }

  /** Delivers a message of a stranger, or an old one once more. */
  say(topic: string, text: string | Uint8Array): void {
    const said = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    if (this.isStopped) {
      this.held.push({ topic, text: said, retained: false });
      return;
    }
    for (let times = this.doubles ? 2 : 1; times > 0; times--) this.deliver(topic, said, false);
  }

  /** Goes on, and delivers what it held. @param isReversed in the other order */
  goOn(isReversed = false): void {
    this.isStopped = false;
    const held = this.held.splice(0);
    for (const { topic, text, retained } of isReversed ? held.reverse() : held) {
      this.deliver(topic, text, retained);
    }
  }

  /** Ends every connection; what it kept is lost, or as it was before. */
  kill(kept: ReadonlyMap<string, string> = new Map()): void {
    this.retained = new Map(kept);
    this.held = [];
    for (const link of this.links) link.down('The broker has ended the connection.');
  }

  /** Takes the connections up again. */
  comeBack(): void {
    for (const link of this.links) link.up();
  }

  /** Cuts off those whose client id begins so. */
  cut(clientId: string): void {
    for (const link of this.links) {
      if (link.options.clientId.startsWith(clientId)) link.down('It was cut off.');
    }
  }

  forget(link: FakeLink): void {
    this.links.delete(link);
  }

  /** @param only what is asked for once more; a link that comes up is told everything but {@link losing} */
  deliverKept(link: FakeLink, only?: string): void {
    for (const [topic, text] of this.retained) {
      const isWanted = only === undefined ? topic !== this.losing : topic === only;
      if (isWanted) link.receive(topic, text, true);
    }
  }

  private deliver(topic: string, text: string, retained: boolean): void {
    for (const link of this.links) link.receive(topic, text, retained);
  }
}

class FakeLink implements BrokerLink {
  isUp = false;

  constructor(
    private readonly broker: FakeBroker,
    readonly options: LinkOptions,
  ) {}

  publish(topic: string, payload: string, options: PublishOptions): boolean {
    if (!this.isUp) return false;
    this.broker.take(this, topic, payload, options);
    return true;
  }

  ask(topic: string): void {
    if (this.isUp) this.broker.deliverKept(this, topic);
  }

  async close(): Promise<void> {
    this.isUp = false;
    this.broker.forget(this);
  }

  up(): void {
    // As over a network: not in the turn in which it was asked for.
    queueMicrotask(() => {
      if (this.isUp) return;
      this.isUp = true;
      this.options.onUp();
      this.broker.deliverKept(this);
    });
  }

  down(reason: string): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.options.onDown(reason);
  }

  receive(topic: string, text: string, retained: boolean): void {
    if (!this.isUp || !this.options.topics.includes(topic)) return;
    const message: BrokerMessage = { topic, payload: Buffer.from(text), retained };
    queueMicrotask(() => {
      if (this.isUp) this.options.onMessage(message);
    });
  }
}
