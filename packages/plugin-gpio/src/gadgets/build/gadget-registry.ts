import {
  Clock,
  type Consumer,
  EmergencyStop,
  forPlugin,
  Inbox,
  type InjectionToken,
  inject,
  injectable,
  Logger,
  type PerPlugin,
  type PluginContext,
  type Refusal,
  Replies,
  type SharedGadget,
  SharedGadgets,
  type Undo,
} from '@pertybot/core';
import { GpioConfig } from '../../gpio-config.js';
import { GuardedGpio } from '../../guard/guarded-gpio.js';
import { membersOf } from '../config/config-fault.js';
import { checkForeignConfig, requireNamedOutputs } from '../config/foreign-gadgets.js';
import type { GadgetConfig } from '../config/gadget-config.js';
import { refusedStep } from '../config/refused-step.js';
import type { Gadget } from '../gadget.js';
import { atGadget, GadgetError } from '../gadget-error.js';
import type { GadgetKind } from '../gadget-kind.js';
import type { BroughtKind, Gadgets } from '../gadgets.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import { type BuiltGadget, buildGadget, type GadgetServices } from './build-gadget.js';
import { FailedBuilds } from './failed-builds.js';
import { gadgetsFor } from './gadgets-for.js';
import { HaltList } from './halt-list.js';
import { tellMissingTypes } from './missing-types.js';
import { WaitingGroups } from './waiting-groups.js';

/** Gives a number from 0 up to but not including 1. */
export type Random = () => number;

/** Injection token of {@link Random}. */
export const Random: InjectionToken<Random> = Symbol.for('pertybot.Random');

/** What the registry needs of the plugin that runs it. */
export interface RegistryContext extends Pick<PluginContext, 'id' | 'command' | 'say' | 'run'> {
  /** Resolves when no other plugin is about to bring a kind; without it nobody is told that one is missing. */
  readonly settled?: Promise<void>;
}

/** Builds the gadgets of plugins.yaml, and holds them. */
@injectable()
export class GadgetRegistry implements Gadgets, PerPlugin<Gadgets> {
  /** Those that could not be built. */
  readonly failed: FailedBuilds;
  private readonly known = new Map(firstPartyKinds.map((kind) => [kind.type, kind]));
  /** Types of all kinds that there ever were. */
  private readonly brought = new Set(firstPartyKinds.map(({ type }) => type));
  private readonly built = new Map<string, BuiltGadget>();
  /** Id of the plugin that brought a kind; none for the first-party ones. */
  private readonly bringers = new Map<string, string>();
  private readonly waiting: WaitingGroups;
  private readonly halts = new HaltList();
  private services: GadgetServices | undefined;
  private stopTelling: Undo = () => {};

  constructor(
    @inject(GpioConfig) private readonly config: GpioConfig,
    @inject(GuardedGpio) private readonly gpio: GuardedGpio,
    @inject(Clock) private readonly clock: Clock,
    @inject(Inbox) private readonly inbox: Pick<Inbox, 'emit'>,
    @inject(Logger) private readonly log: Logger,
    @inject(EmergencyStop) private readonly emergencyStop: Pick<EmergencyStop, 'engage'>,
    @inject(Replies) private readonly replies: Replies,
    @inject(Random) private readonly random: Random,
    @inject(SharedGadgets) private readonly shared: Pick<SharedGadgets, 'find' | 'changed'>,
  ) {
    this.failed = new FailedBuilds(clock, log);
    const isKnown = (type: string) => this.known.has(type);
    const isShared = (name: string) => shared.find(name) !== undefined;
    this.waiting = new WaitingGroups({ gadgets: config.gadgets, isKnown, isShared, log });
  }

  get list(): readonly Gadget[] {
    return Object.keys(this.config.gadgets).flatMap((name) => this.built.get(name)?.gadget ?? []);
  }

  get missing(): readonly { readonly name: string; readonly type: string }[] {
    return Object.entries(this.config.gadgets)
      .filter(([name]) => !this.built.has(name))
      .map(([name, { type }]) => ({ name, type }));
  }

  get kinds(): readonly BroughtKind[] {
    return [...this.known.keys()].map((type) => ({ type, plugin: this.bringers.get(type) }));
  }

  find(name: string): Gadget | undefined {
    return this.built.get(name)?.gadget;
  }

  /** One of these, or one that another plugin shares. */
  findAny(name: string): SharedGadget | undefined {
    return this.find(name) ?? this.shared.find(name);
  }

  /** Builds the groups that waited for what another plugin shares. */
  lookAgain(): Promise<void> {
    return this.waiting.look();
  }

  /** Says why a gadget, as they are now, would not do what it is asked to; also when they are gone. */
  judge(): (gadget: string, action: string) => Refusal | undefined {
    const built = new Map([...this.built].map(([name, { gadget }]) => [name, gadget]));
    const judge = { outputs: this.gpio.outputs, find: (name: string) => built.get(name) };
    return (gadget, action) => refusedStep(gadget, action, judge);
  }

  /**
   * Builds every gadget whose kind is known. One that cannot be built costs itself alone; where its hardware failed, it
   * is built later.
   */
  async start({ id, command, say, run, settled }: RegistryContext): Promise<void> {
    const { gpio, clock, inbox, log, random, replies } = this;
    const parts = { gpio, clock, inbox, log, random, replies };
    const find = (name: string) => this.findAny(name);
    const estop = (by: string) => this.emergencyStop.engage(by);
    const onHalt = (halt: () => void) => this.halts.add(halt);
    this.services = { plugin: id, ...parts, command, find, say, run, estop, onHalt };
    const last: (() => Promise<void>)[] = [];
    for (const [name, config] of Object.entries(this.config.gadgets)) {
      const kind = this.known.get(config.type);
      if (!kind) log.info(`"${name}" waits for a plugin that brings the type "${config.type}".`);
      else if (!kind.last) await this.buildOrWait(name, config, kind);
      else last.push(() => this.waiting.build(name, () => this.buildOrWait(name, config, kind)));
    }
    for (const build of last) await build();
    if (settled === undefined) return;
    const { brought } = this;
    this.stopTelling = tellMissingTypes(this, this.config.gadgets, { settled, brought, log });
  }

  async define(kind: GadgetKind): Promise<Undo> {
    const { type } = kind;
    if (this.known.has(type)) {
      throw new GadgetError('GADGET_TYPE_TAKEN', `There is a gadget type "${type}" already.`, {
        hint: 'Give the new kind another "type".',
      });
    }
    this.known.set(type, kind);
    this.brought.add(type);
    const names = this.missing.filter((gadget) => gadget.type === type).map(({ name }) => name);
    const undo = () => void this.forget(type, names);
    try {
      for (const name of names) {
        const config = this.config.gadgets[name];
        if (config) await this.buildOrWait(name, config, kind, true);
      }
      await this.waiting.look();
      this.shared.changed();
    } catch (error) {
      await this.forget(type, names);
      throw error;
    }
    return undo;
  }

  async stop(): Promise<void> {
    this.halts.run();
    await Promise.all(this.list.map((gadget) => gadget.stop()));
  }

  /** Ends all that goes on, and switches every gadget off. What can be done at once is done when it returns. */
  async switchOff(): Promise<void> {
    this.halts.run();
    await Promise.all(this.list.map((gadget) => gadget.switchOff()));
  }

  /** Calls `halt` whenever everything is stopped. */
  onHalt(halt: () => void): Undo {
    return this.halts.add(halt);
  }

  /** Takes everything down. */
  async clear(): Promise<void> {
    this.services = undefined;
    this.stopTelling();
    this.waiting.clear();
    this.failed.forget(Object.keys(this.config.gadgets));
    await this.dispose([...this.built.keys()]);
  }

  [forPlugin](consumer: Consumer): Gadgets {
    return gadgetsFor(consumer, this, (type) => void this.bringers.set(type, consumer.id));
  }

  /** @param isForeign whether its own keys were not known when plugins.yaml was read */
  private async buildOrWait(
    name: string,
    config: GadgetConfig,
    kind: GadgetKind,
    isForeign = false,
  ): Promise<void> {
    const build = async () => {
      try {
        await this.build(name, isForeign ? checkForeignConfig(name, config, kind) : config, kind);
        if (isForeign) requireNamedOutputs(name, config, this.config, this.gpio.outputs);
      } catch (error) {
        await this.dispose([name]);
        throw atGadget(error, name);
      }
    };
    await build().catch((error: unknown) => {
      const again = async () => {
        await build();
        this.shared.changed();
      };
      this.failed.add({ name, error, build: again, members: membersOf(config) });
    });
  }

  private async build(name: string, config: GadgetConfig, kind: GadgetKind): Promise<void> {
    const services = this.services;
    if (!services) return;
    const built = await buildGadget({ name, config, kind }, services);
    if (this.services === services && this.known.get(config.type) === kind) {
      this.built.set(name, built);
    } else await built.dispose();
  }

  private async forget(type: string, names: readonly string[]): Promise<void> {
    this.known.delete(type);
    this.bringers.delete(type);
    this.failed.forget(names);
    await this.dispose(names);
  }

  private async dispose(names: readonly string[]): Promise<void> {
    const built = names.flatMap((name) => this.built.get(name) ?? []);
    for (const name of names) this.built.delete(name);
    for (const each of built.reverse()) await each.dispose();
    if (built.length > 0) this.shared.changed();
  }
}
