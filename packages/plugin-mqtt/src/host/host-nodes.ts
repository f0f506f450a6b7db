import {
  Clock,
  EmergencyStop,
  inject,
  injectable,
  Logger,
  type PluginContext,
  SharedGadgets,
  type StopRecord,
  type Undo,
} from '@pertybot/core';
import { OwnerControl } from '@pertybot/core/host';
import {
  Broker,
  type BrokerLink,
  type BrokerMessage,
  type PublishOptions,
} from '../client/broker.js';
import { FaultyMessages } from '../client/faulty-messages.js';
import { MqttConfig } from '../mqtt-config.js';
import { newId } from '../protocol/ids.js';
import { readMessage } from '../protocol/messages.js';
import { nameOfMachine } from '../protocol/names.js';
import { readTopic, topicOf, topicsForHost } from '../protocol/topics.js';
import { Beats } from './beats.js';
import { GadgetTable } from './gadget-table.js';
import { HostStop } from './host-stop.js';
import { KeptNodes } from './kept-nodes.js';
import { NodeView } from './node-view.js';
import type { RemoteNode, RemoteNodes } from './remote-nodes.js';
import { toRemoteNode } from './to-remote-node.js';

/** The nodes of the bot that sits in chat. Without being started it knows what they said when it ran last. */
@injectable()
export class HostNodes implements RemoteNodes {
  private readonly listeners = new Set<{ readonly listener: () => void }>();
  private readonly session = newId();
  private made: Made | undefined;
  private link: BrokerLink | undefined;
  /** Why the broker is not reached. */
  private trouble: string | undefined;

  constructor(
    @inject(MqttConfig) private readonly config: MqttConfig,
    @inject(KeptNodes) private readonly kept: KeptNodes,
    @inject(Broker) private readonly makeLink: Broker,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  get isConnected(): boolean {
    return this.link?.isUp ?? false;
  }

  get broker(): string {
    return this.config.broker;
  }

  get engaged(): StopRecord | undefined {
    return this.made?.stop.engaged;
  }

  get list(): readonly RemoteNode[] {
    const { views, table, stop } = this.made ?? this.look();
    const { trouble, isConnected } = this;
    const reached = isConnected ? undefined : trouble;
    return views.map((view) =>
      toRemoteNode(view, { table, stop: stop?.stateOf(view.name), reached }),
    );
  }

  onChange(listener: () => void): Undo {
    const entry = { listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  start(context: PluginContext): void {
    const { container, onStop, run, isTrial } = context;
    const shared = container.resolve(SharedGadgets);
    const table = new GadgetTable(this.log, context.command);
    const own = this.kept.readOwn();
    const name = this.config.name || nameOfMachine();
    const control = container.resolve(OwnerControl);
    const host = {
      ...{ id: own.id, session: this.session, name },
      // Known only once the bot is loaded.
      get rehearses() {
        return control.rehearsal ? (true as const) : undefined;
      },
    };
    const publish = (topic: string, payload: string, options: PublishOptions) =>
      this.link?.publish(topic, payload, options) ?? false;
    const beats = new Beats(
      context.every,
      () => views.filter((view) => view.isThere),
      (there) => {
        for (const view of there) {
          view.renew();
          if (!view.isAnnounced) this.link?.ask(topicOf(view.name, 'gadgets'));
        }
        stop.repeat(there.map((view) => view.name));
      },
    );
    const changed = () => {
      beats.look();
      this.tell();
      shared.changed();
    };
    const views = this.views(
      (view, said) => {
        table.take(view, said);
        changed();
      },
      { host, publish, changed },
    );
    for (const view of views) table.take(view, this.kept.gadgetsOf(view.name));
    const end = () => {
      for (const view of views) if (view.isThere) void view.wish({ do: 'off' });
    };
    const nodes = views.map((view) => view.name);
    const parts = { kept: this.kept, own, nodes, clock: this.clock, publish, end, changed };
    const stop = new HostStop(parts);
    this.made = { views, table, stop };
    onStop(() => table.clear());
    onStop(() => this.kept.flush());
    shared.share(table);
    container.resolve(EmergencyStop).attach(stop);
    if (isTrial) return;

    const faulty = new FaultyMessages(this.clock, this.log);
    const byName = new Map(views.map((view) => [view.name, view]));
    this.link = this.makeLink.link({
      clientId: `pertybot-host-${this.session}`,
      topics: nodes.flatMap((node) => [...topicsForHost(node, own.id), topicOf(node, 'estop')]),
      onMessage: (message) => run('message', () => this.take(message, { byName, stop, faulty })),
      onUp: () => {
        this.trouble = undefined;
        this.log.info(`The broker at ${this.broker} is reached.`);
        stop.broker();
        changed();
      },
      onDown: (reason) => {
        if (reason !== this.trouble) this.log.warn(`No node is reached: ${reason}`);
        this.trouble = reason;
        for (const view of views) view.lose();
        changed();
      },
    });
    onStop(async () => {
      for (const view of views) view.leave();
      await this.link?.close();
      this.link = undefined;
    });
  }

  private take(
    { topic, payload, retained }: BrokerMessage,
    { byName, stop, faulty }: TakeParts,
  ): void {
    const read = readTopic(topic);
    const view = read && byName.get(read.node);
    if (!read || !view) return;
    const isTaken = () => {
      switch (read.leaf) {
        case 'beat': {
          const beat = retained ? undefined : readMessage('beat', payload);
          if (beat) view.hear(beat);
          return beat !== undefined;
        }
        case 'state': {
          const state = readMessage('state', payload);
          if (state) view.see(state, retained);
          return state !== undefined;
        }
        case 'gadgets': {
          const gadgets = readMessage('gadgets', payload);
          if (gadgets) view.announce(gadgets);
          return gadgets !== undefined;
        }
        case 'answer': {
          const answer = retained ? undefined : readMessage('answer', payload);
          if (answer && 'wish' in answer) view.take(answer);
          else if (answer) stop.take(view.name, answer);
          return answer !== undefined;
        }
        case 'estop': {
          if (!retained || payload.length === 0) return true;
          const kept = readMessage('estop', payload);
          if (kept) stop.seeKept(view.name, kept);
          return kept !== undefined;
        }
        case 'status': {
          // A sign for people: what counts is the beat.
          const status = payload.length === 0 ? undefined : readMessage('status', payload);
          if (status?.online === false && !retained) view.lose();
          return true;
        }
        default:
          return true;
      }
    };
    if (!isTaken()) faulty.add(topic);
  }

  /** For whoever asks a bot that does not run. */
  private look(): Looked {
    const table = new GadgetTable(this.log, undefined);
    const host = { id: '0'.repeat(16), session: this.session, name: '' };
    const views = this.views(() => {}, { host, publish: () => false, changed() {} });
    for (const view of views) table.take(view, this.kept.gadgetsOf(view.name));
    return { views, table };
  }

  private views(
    announced: (view: NodeView, said: Parameters<GadgetTable['take']>[1]) => void,
    parts: Pick<ConstructorParameters<typeof NodeView>[2], 'host' | 'publish' | 'changed'>,
  ): readonly NodeView[] {
    return Object.entries(this.config.nodes ?? {}).map(([name, settings]) => {
      const view: NodeView = new NodeView(name, settings ?? { gadgets: {} }, {
        ...parts,
        clock: this.clock,
        log: this.log,
        announced: (said) => {
          this.kept.keepGadgets(name, said);
          announced(view, said);
        },
      });
      return view;
    });
  }

  private tell(): void {
    for (const { listener } of [...this.listeners]) listener();
  }
}

interface Looked {
  readonly views: readonly NodeView[];
  readonly table: GadgetTable;
  readonly stop?: HostStop;
}

type Made = Required<Looked>;

interface TakeParts {
  readonly byName: ReadonlyMap<string, NodeView>;
  readonly stop: HostStop;
  readonly faulty: FaultyMessages;
}
