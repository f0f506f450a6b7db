import {
  Clock,
  type Consumer,
  EmergencyStop,
  forPlugin,
  Inbox,
  inject,
  injectable,
  isRefusal,
  Logger,
  type PerPlugin,
  type PluginContext,
  type Refusal,
  type Undo,
} from '@pertybot/core';
import { GpioConfig } from '../gpio-config.js';
import { GuardedGpio } from '../guard/guarded-gpio.js';
import { readAction } from './action.js';
import { type BuiltGadget, buildGadget, type Workshop } from './build-gadget.js';
import { checkForeignConfig } from './check-foreign-config.js';
import type { Gadget } from './gadget.js';
import type { GadgetConfig } from './gadget-config.js';
import { GadgetError } from './gadget-error.js';
import type { GadgetKind } from './gadget-kind.js';
import type { BroughtKind, Gadgets } from './gadgets.js';
import { HaltList } from './halt-list.js';
import { firstPartyKinds } from './kinds/first-party.js';
import { isHardwareFault, LateBuilds } from './late-builds.js';
import { Random } from './random.js';
import { requireNamedOutputs } from './require-named-outputs.js';

/** What the shelf needs of the plugin that runs it. */
export type ShelfContext = Pick<PluginContext, 'id' | 'command' | 'say' | 'run'>;

/** Builds the gadgets of plugins.yaml, and holds them. */
@injectable()
export class GadgetShelf implements Gadgets, PerPlugin<Gadgets> {
  readonly #kinds = new Map(firstPartyKinds.map((kind) => [kind.type, kind]));
  readonly #built = new Map<string, BuiltGadget>();
  /** Id of the plugin that brought a kind; none for the first-party ones. */
  readonly #bringers = new Map<string, string>();
  readonly #halts = new HaltList();
  readonly #late: LateBuilds;
  #workshop: Workshop | undefined;

  constructor(
    @inject(GpioConfig) private readonly config: GpioConfig,
    @inject(GuardedGpio) private readonly gpio: GuardedGpio,
    @inject(Clock) private readonly clock: Clock,
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(Logger) private readonly log: Logger,
    @inject(EmergencyStop) private readonly emergencyStop: Pick<EmergencyStop, 'engage'>,
    @inject(Random) private readonly random: Random,
  ) {
    this.#late = new LateBuilds(clock, log);
  }

  get list(): readonly Gadget[] {
    return Object.keys(this.config.gadgets).flatMap((name) => this.#built.get(name)?.gadget ?? []);
  }

  get missing(): readonly { readonly name: string; readonly type: string }[] {
    return Object.entries(this.config.gadgets)
      .filter(([name]) => !this.#built.has(name))
      .map(([name, { type }]) => ({ name, type }));
  }

  get kinds(): readonly BroughtKind[] {
    return [...this.#kinds.values()].map(({ type }) => ({
      type,
      plugin: this.#bringers.get(type),
    }));
  }

  find(name: string): Gadget | undefined {
    return this.#built.get(name)?.gadget;
  }

  /** Why a gadget would not take an action; undefined when it would, or is not built. */
  refusalOf(name: string, action: string): Refusal | undefined {
    const vocabulary = this.#built.get(name)?.gadget.vocabulary;
    const read = vocabulary && readAction(action, vocabulary);
    return isRefusal(read) ? read : undefined;
  }

  /**
   * Builds every gadget whose kind is known. One whose hardware fails is built later.
   * @throws GpioError when a pin cannot be claimed for another reason
   */
  async start({ id, command, say, run }: ShelfContext): Promise<void> {
    const { gpio, clock, inbox, log, random } = this;
    const find = (name: string) => this.find(name);
    const estop = (by: string) => this.emergencyStop.engage(by);
    const parts = { gpio, clock, inbox, log, random };
    const onHalt = (halt: () => void) => this.#halts.add(halt);
    this.#workshop = { plugin: id, ...parts, command, find, say, run, estop, onHalt };
    const late: (() => Promise<void>)[] = [];
    for (const [name, config] of Object.entries(this.config.gadgets)) {
      const kind = this.#kinds.get(config.type);
      if (!kind) log.info(`"${name}" waits for a plugin that brings the type "${config.type}".`);
      else if (kind.last) late.push(() => this.#buildOrWait(name, config, kind));
      else await this.#buildOrWait(name, config, kind);
    }
    for (const build of late) await build();
  }

  async define(kind: GadgetKind): Promise<Undo> {
    const { type } = kind;
    if (this.#kinds.has(type)) {
      throw new GadgetError('GADGET_TYPE_TAKEN', `There is a gadget type "${type}" already.`, {
        hint: 'Give the new kind another "type".',
      });
    }
    this.#kinds.set(type, kind);
    const names = this.missing.filter((gadget) => gadget.type === type).map(({ name }) => name);
    const undo = () => void this.#forget(type, names);
    try {
      for (const name of names) {
        const config = this.config.gadgets[name];
        if (!config) continue;
        const check = () => requireNamedOutputs(name, config, this.config, this.gpio.outputs);
        await this.#buildOrWait(name, checkForeignConfig(name, config, kind), kind, check);
      }
    } catch (error) {
      await this.#forget(type, names);
      throw error;
    }
    return undo;
  }

  async stop(): Promise<void> {
    this.#halts.run();
    await Promise.all(this.list.map((gadget) => gadget.stop()));
  }

  /** Ends all that goes on, and switches every gadget off. What can be done at once is done when it returns. */
  async switchOff(): Promise<void> {
    this.#halts.run();
    await Promise.all(this.list.map((gadget) => gadget.switchOff()));
  }

  /** Calls `halt` whenever everything is stopped. */
  onHalt(halt: () => void): Undo {
    return this.#halts.add(halt);
  }

  /** Takes everything down. */
  async clear(): Promise<void> {
    this.#workshop = undefined;
    this.#late.forget(Object.keys(this.config.gadgets));
    await this.#dismantle([...this.#built.keys()]);
  }

  [forPlugin](consumer: Consumer): Gadgets {
    const shelf = this;
    return {
      get list() {
        return shelf.list;
      },
      get missing() {
        return shelf.missing;
      },
      get kinds() {
        return shelf.kinds;
      },
      find: (name) => shelf.find(name),
      stop: () => shelf.stop(),
      async define(kind) {
        const undo = await shelf.define(kind);
        shelf.#bringers.set(kind.type, consumer.id);
        consumer.onStop(undo);
        return undo;
      },
    };
  }

  /** @param check throws when what was built must not be used */
  async #buildOrWait(
    name: string,
    config: GadgetConfig,
    kind: GadgetKind,
    check: () => void = () => {},
  ): Promise<void> {
    const build = async () => {
      await this.#build(name, config, kind);
      try {
        check();
      } catch (error) {
        await this.#dismantle([name]);
        throw error;
      }
    };
    try {
      await build();
    } catch (error) {
      // One that is made of others may lack nothing but those that failed.
      const lacksOthers = kind.last === true && this.#late.size > 0;
      if (!isHardwareFault(error) && !lacksOthers) throw error;
      this.#late.add(name, error, build);
    }
  }

  async #build(name: string, config: GadgetConfig, kind: GadgetKind): Promise<void> {
    const workshop = this.#workshop;
    if (!workshop) return;
    const built = await buildGadget({ name, config, kind }, workshop);
    if (this.#workshop === workshop && this.#kinds.get(config.type) === kind) {
      this.#built.set(name, built);
    } else {
      await built.dismantle();
    }
  }

  async #forget(type: string, names: readonly string[]): Promise<void> {
    this.#kinds.delete(type);
    this.#bringers.delete(type);
    this.#late.forget(names);
    await this.#dismantle(names);
  }

  async #dismantle(names: readonly string[]): Promise<void> {
    const built = names.flatMap((name) => this.#built.get(name) ?? []);
    for (const name of names) this.#built.delete(name);
    for (const each of built.reverse()) await each.dismantle();
  }
}
