import {
  type Clock,
  isRefusal,
  type Logger,
  messageOf,
  type Refusal,
  runFor,
  type SharedGadget,
  type SharedGadgets,
} from '@pertybot/core';
import { Deed, type Performed } from '@pertybot/core/host';
import type { Beats } from '../protocol/beats.js';
import { SeenIds } from '../protocol/ids.js';
import type { Answer, Ask, Wish } from '../protocol/messages.js';
import { refuseWith } from '../replies.js';
import type { Lease } from './lease.js';
import { toMoved, toSaidRefusal } from './said-answer.js';

/** What wishes are judged and done with. */
export interface WishesParts {
  /** Name of the node. */
  readonly node: string;
  /** Id of the plugin. */
  readonly plugin: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly gadgets: Pick<SharedGadgets, 'find' | 'outputs'>;
  readonly lease: Lease;
  readonly beats: Beats;
  /** Whether a bot has stopped everything here. */
  isStopped(): boolean;
  answer(host: string, answer: Answer): void;
}

type PerformAsk = Extract<Ask, { do: 'perform' }>;

/** Does what hosts wish: through each gadget's own queue and guard, once, and never late. */
export class Wishes {
  private readonly seen: SeenIds;
  /** Those that are just being done, and the gadget that each is for. */
  private readonly doing = new Map<string, string>();

  constructor(private readonly parts: WishesParts) {
    this.seen = new SeenIds(parts.clock);
  }

  /** What is just being done counts as on. */
  settle(): void {
    this.parts.lease.settle(new Set(this.doing.values()));
  }

  /** Never rejects. */
  async take(wish: Wish): Promise<void> {
    const { host, id, ask } = wish;
    // A broker may deliver it twice; it is answered once.
    if (!this.seen.take(id)) return;
    const refusal = this.judge(wish);
    if (refusal) return this.refuse(wish, refusal);
    if (ask.do === 'perform') return this.perform(wish, ask);
    if (ask.do === 'cancel') {
      this.seen.take(ask.wish);
      this.doing.delete(ask.wish);
      this.parts.lease.cancelWish(ask.wish);
    } else if (ask.gadget === undefined) this.parts.lease.switchOff();
    else {
      const gadget = this.find(ask.gadget);
      if (!gadget) return this.refuse(wish, this.missing(ask.gadget));
      await (ask.do === 'off' ? gadget.switchOff() : gadget.stop());
    }
    this.parts.answer(host.id, { is: 'moved', wish: id, text: '' });
    this.settle();
  }

  private judge({ host, beat, ask }: Wish): Refusal | undefined {
    const { beats, lease, node } = this.parts;
    if (!beats.isFresh(beat)) return refuseWith('mqtt.late', { node });
    const isOff = ask.do !== 'perform';
    if (!isOff && host.rehearses && this.movesPins) return refuseWith('mqtt.rehearsal', { node });
    const holder = lease.hear(host, isOff ? 'nothing' : 'on');
    if (holder) return refuseWith('mqtt.held', { node, holder: holder.name });
    return this.parts.isStopped() && !isOff ? refuseWith('mqtt.stop', { node }) : undefined;
  }

  /** Whether something here is no board in memory. */
  private get movesPins(): boolean {
    const { outputs } = this.parts.gadgets;
    return outputs.some(({ node, driver }) => node === undefined && driver !== 'simulated');
  }

  private async perform({ host, id }: Wish, ask: PerformAsk): Promise<void> {
    const { clock, lease, plugin, log, answer } = this.parts;
    const gadget = this.find(ask.gadget);
    if (!gadget) return this.refuse({ host, id }, this.missing(ask.gadget));
    const deed = ask.paid
      ? new Deed({
          clock,
          willMove() {},
          onFault: (error) => log.error(messageOf(error), { error }),
          decided: (outcome) => {
            const no = outcome.moved ? {} : { refusal: toSaidRefusal(outcome.refusal) };
            answer(host.id, { is: 'judged', wish: id, ...no });
          },
        })
      : undefined;
    const where = `wish of ${host.name}`;
    const attribution = { plugin, where, ...(deed ? { deed } : {}) };
    this.doing.set(id, gadget.name);
    lease.hold(gadget, id, ask.atMost);
    const result = await runFor(attribution, () => this.attempt(gadget, ask.action));
    const isWanted = this.doing.delete(id) && lease.has(gadget, host);
    // What took so long that its host has gone, or has taken it back, must not begin only then.
    if (!isWanted && !isRefusal(result)) void gadget.switchOff();
    if (isRefusal(result)) this.refuse({ host, id }, result);
    else {
      answer(host.id, toMoved(id, result));
      void result.done.then(() => {
        answer(host.id, { is: 'done', wish: id });
        this.settle();
      });
    }
    deed?.settle(isRefusal(result) ? result : undefined);
    this.settle();
  }

  private async attempt(gadget: SharedGadget, action: string): Promise<Refusal | Performed> {
    try {
      return await gadget.perform(action);
    } catch (error) {
      const { node, log } = this.parts;
      log.error(`"${gadget.name}" failed: ${messageOf(error)}`, { error });
      return refuseWith('mqtt.missing', { node, gadget: gadget.name });
    }
  }

  private refuse({ host, id }: Pick<Wish, 'host' | 'id'>, refusal: Refusal): void {
    this.parts.answer(host.id, { is: 'refused', wish: id, refusal: toSaidRefusal(refusal) });
  }

  private missing(gadget: string): Refusal {
    return refuseWith('mqtt.missing', { node: this.parts.node, gadget });
  }

  /** One of this machine: a node that is itself a host hands nothing on. */
  private find(name: string): SharedGadget | undefined {
    const gadget = this.parts.gadgets.find(name);
    return gadget?.node === undefined ? gadget : undefined;
  }
}
