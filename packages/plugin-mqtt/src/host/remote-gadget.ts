import {
  attributionNow,
  isRefusal,
  type PaidDeed,
  type Refusal,
  type SharedGadget,
} from '@pertybot/core';
import type { Performed, SharedOutput, VerbInfo } from '@pertybot/core/host';
import type { AnnouncedGadget, GadgetState } from '../protocol/messages.js';
import { refuseWith } from '../replies.js';
import type { NodeView } from './node-view.js';
import type { Fulfilled } from './pending-wishes.js';

/** Longest action that is sent. */
const longestAction = 200;

/** A gadget of another machine: what it is asked to do goes there, and what it does is said there. */
export class RemoteGadget implements SharedGadget {
  constructor(
    readonly name: string,
    readonly view: NodeView,
    private said: AnnouncedGadget,
  ) {}

  /** Its name on its node. */
  get ownName(): string {
    return this.said.name;
  }

  get node(): string {
    return this.view.name;
  }

  get type(): string {
    return this.said.type;
  }

  get about(): string {
    return this.said.about;
  }

  get state(): string {
    return this.now?.state ?? 'unknown';
  }

  get busy(): boolean {
    return this.now?.busy ?? false;
  }

  get waiting(): number {
    return this.now?.waiting ?? 0;
  }

  get pins(): readonly string[] {
    return this.said.pins;
  }

  /** Those that it drives are of its node. */
  get drives(): readonly string[] {
    return [];
  }

  get direct(): string | undefined {
    const { direct } = this.said;
    return this.verbs.some(({ name }) => name === direct) ? direct : undefined;
  }

  get verbs(): readonly VerbInfo[] {
    const wanted = this.settings?.verbs;
    const verbs = this.said.verbs.filter(({ name }) => wanted?.includes(name) ?? true);
    return verbs.map(({ name, about, value, lasts, urgent }) => ({
      name,
      about,
      ...(value === undefined ? {} : { value }),
      ...(lasts === undefined ? {} : { lasts }),
      ...(urgent === undefined ? {} : { urgent }),
    }));
  }

  get usage(): string {
    const { name, said } = this;
    const after = said.usage.startsWith(`${said.name} `) ? said.usage.slice(said.name.length) : '';
    return `${name}${after}`;
  }

  get outputs(): readonly SharedOutput[] {
    const { name: gadget, node, maxOn: own } = this;
    return this.said.outputs.map(({ maxOn, ...output }, place) => {
      const on = this.now?.on[place] ?? false;
      const most = Math.min(maxOn ?? Number.POSITIVE_INFINITY, own ?? Number.POSITIVE_INFINITY);
      const limit = Number.isFinite(most) ? { maxOn: most } : {};
      return { ...output, ...limit, gadget, node, on, level: on ? 1 : 0 };
    });
  }

  /** Longest time that this bot lets it be on, milliseconds. */
  get maxOn(): number | undefined {
    return this.settings?.maxOn;
  }

  get away(): Refusal | undefined {
    return this.view.refusal();
  }

  /** It says something else of itself. */
  update(said: AnnouncedGadget): void {
    this.said = said;
  }

  async perform(line: string): Promise<Refusal | Performed> {
    const deed = attributionNow()?.deed;
    const refusal = this.judge(line, deed);
    if (refusal) {
      deed?.refused(refusal);
      return refusal;
    }
    const result = await this.view.wish({
      do: 'perform',
      gadget: this.ownName,
      action: line.trim(),
      paid: deed !== undefined,
      ...(this.maxOn === undefined ? {} : { atMost: this.maxOn }),
    });
    if (isRefusal(result)) {
      deed?.refused(result);
      return result;
    }
    if (deed) waitPaid(deed, result);
    const { text, place, lasts, done } = result;
    return {
      text,
      ...(place === undefined ? {} : { place }),
      ...(lasts === undefined ? {} : { lasts }),
      done,
    };
  }

  async idle(): Promise<void> {
    while (this.busy || this.waiting > 0) await this.view.nextChange();
  }

  async stop(): Promise<void> {
    await this.view.wish({ do: 'stop', gadget: this.ownName });
  }

  async switchOff(): Promise<void> {
    await this.view.wish({ do: 'off', gadget: this.ownName });
  }

  private get settings() {
    const { gadgets } = this.view.settings;
    return Object.hasOwn(gadgets, this.ownName) ? gadgets[this.ownName] : undefined;
  }

  /** How it was when its node said so last; undefined while that is away. */
  private get now(): GadgetState | undefined {
    const { isThere, states } = this.view;
    return isThere && Object.hasOwn(states, this.ownName) ? states[this.ownName] : undefined;
  }

  /** Why it is not even asked. What somebody paid for is noted down before it may move. */
  private judge(line: string, deed: PaidDeed | undefined): Refusal | undefined {
    deed?.asked();
    if (deed?.over) return deed.over;
    const [word = ''] = line.trim().toLowerCase().split(/\s+/, 1);
    const isKept = this.verbs.some(({ name }) => name === word);
    const isHidden = !isKept && this.said.verbs.some(({ name }) => name === word);
    const isDirect = this.direct !== undefined;
    if (isHidden || line.length > longestAction || (!isKept && !isDirect && word !== '')) {
      const verbs = this.verbs.map(({ name }) => name).join(', ');
      return refuseWith('mqtt.verb', { gadget: this.name, verbs });
    }
    return this.away ?? deed?.willMove();
  }
}

/** What the pins of its node did decides whether it was had. */
function waitPaid(deed: PaidDeed, { judged }: Fulfilled): void {
  deed.wait(
    judged.then((refusal) => {
      if (refusal) deed.refused(refusal);
      else deed.moved()(true);
    }),
  );
}
