import {
  type Clock,
  forPlugin,
  type Inbox,
  type Logger,
  nearest,
  type PerPlugin,
  type RegisterCommand,
  type Replies,
  sleep,
  type Undo,
} from '@pertybot/core';
import type { Gpio, Output } from '../../gpio.js';
import { type GadgetConfig, ownKeysOf } from '../config/gadget-config.js';
import { Crowd } from '../crowd/crowd.js';
import { parseCrowdPolicy } from '../crowd/crowd-policy.js';
import type { Gadget } from '../gadget.js';
import { GadgetError } from '../gadget-error.js';
import type { Device, GadgetContext, GadgetKind } from '../gadget-kind.js';
import { parseBusyPolicy } from '../queue/gadget-runner.js';
import { toGadgetOutput } from '../queue/run-scope.js';
import { stateOf } from '../verbs/state-in-words.js';
import { ConfiguredGadget } from './configured-gadget.js';
import { toDryMember } from './dry-member.js';
import { registerGadgetCommand } from './gadget-command.js';

/** What gadgets are built with. */
export interface GadgetServices {
  /** Id of the plugin whose gadgets they are. */
  readonly plugin: string;
  readonly gpio: PerPlugin<Gpio>;
  readonly clock: Clock;
  readonly inbox: Pick<Inbox, 'emit'>;
  readonly log: Logger;
  readonly command: RegisterCommand;
  readonly replies: Replies;
  /** @returns a number from 0 up to but not including 1 */
  readonly random: () => number;
  find(name: string): Gadget | undefined;
  say(text: string): Promise<unknown>;
  /** Runs what an input sets off; what it throws is a fault of the plugin. */
  run(where: string, task: () => unknown): void;
  /** Stops everything. @param by who did it */
  estop(by: string): void;
  /** Calls `halt` when everything is stopped. */
  onHalt(halt: () => void): Undo;
}

/** A gadget as plugins.yaml has it, checked by its kind's schema. */
export interface CheckedGadget {
  readonly name: string;
  readonly config: GadgetConfig;
  readonly kind: GadgetKind;
}

/** A gadget that stands, and what takes it down. */
export interface BuiltGadget {
  readonly gadget: ConfiguredGadget;
  dispose(): Promise<void>;
}

/**
 * Claims the pins of a gadget, and registers its command.
 * @throws GpioError when a pin cannot be claimed
 * @throws GadgetError GADGET_CONFIG_INVALID when it has no such verb
 */
export async function buildGadget(
  checked: CheckedGadget,
  services: GadgetServices,
): Promise<BuiltGadget> {
  const { name, config, kind } = checked;
  const undos: (() => void | Promise<void>)[] = [];
  const abort = new AbortController();
  const dispose = async () => {
    abort.abort();
    for (const undo of undos.splice(0).reverse()) await undo();
  };
  try {
    const pins: string[] = [];
    const outputs: Output[] = [];
    const state = () => stateOf(device);
    const emit = (event: string) =>
      services.inbox.emit('gadget', { gadget: name, type: kind.type, event, state: state() });
    const parts = { undos, pins, outputs, emit, signal: abort.signal };
    const context = createContext(checked, services, parts);
    const device: Device = await kind.create(context, ownKeysOf(config));
    requireKnownVerbs(checked, device);
    const settings = {
      name,
      type: kind.type,
      about: config.about ?? kind.about,
      busy: parseBusyPolicy(config.busy ?? kind.busy ?? 'replace') ?? { name: 'replace' as const },
      crowd: config.crowd === undefined ? undefined : parseCrowdPolicy(config.crowd),
      off: config.off,
      onlyLive: config.onlyLive,
      verbs: config.verbs,
      replies: config.replies,
    };
    const { clock, log, replies } = services;
    const awayOf = (names: readonly string[]) =>
      names.flatMap((each) => services.find(each)?.away ?? [])[0];
    const around = { clock, log, replies, pins, outputs, awayOf, begun: emit };
    const gadget = new ConfiguredGadget(settings, device, around);
    undos.push(() => gadget.stop());
    const crowd = createCrowd(gadget, services);
    if (crowd) {
      gadget.decideBy(crowd);
      undos.push(
        () => crowd.stop(),
        services.onHalt(() => crowd.stop()),
      );
    }
    if (gadget.verbs.length > 0) {
      undos.push(registerGadgetCommand(gadget, services.command, crowd));
    }
    return { gadget, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function createCrowd(
  gadget: ConfiguredGadget,
  { clock, random, say, replies }: GadgetServices,
): Crowd | undefined {
  const { crowd: policy } = gadget;
  return policy && new Crowd({ gadget, policy, clock, random, say, replies });
}

interface ContextParts {
  readonly undos: (() => void | Promise<void>)[];
  readonly pins: string[];
  readonly outputs: Output[];
  readonly emit: (event: string) => void;
  readonly signal: AbortSignal;
}

function createContext(
  { name, config }: CheckedGadget,
  services: GadgetServices,
  { undos, pins, outputs, emit, signal }: ContextParts,
): GadgetContext {
  const { plugin, gpio: makeGpio, clock, log, find, say, run } = services;
  const isDry = config.mode === 'dry-run';
  const own = { name, ...(isDry ? { dryRun: true } : {}) };
  const findDry = (other: string) => {
    const found = find(other);
    return found && toDryMember(found, name, log);
  };
  const onStop = (undo: Undo) => void undos.push(undo);
  const gpio = makeGpio[forPlugin]({ id: plugin, log, signal, onStop, run });
  const keep = (claimed: Output): Output => {
    const output = toGadgetOutput(claimed);
    pins.push(output.pin);
    outputs.push(output);
    return output;
  };
  return {
    name,
    gpio,
    clock,
    log,
    signal,
    find: isDry ? findDry : find,
    say,
    estop: () => services.estop(name),
    emit,
    onStop,
    onHalt: (halt) => onStop(services.onHalt(halt)),
    sleep: (milliseconds, until) => sleep(clock, milliseconds, until),
    async output(pin, options) {
      return keep(await gpio.output(pin, { ...options, ...own }));
    },
    async pwm(pin, options) {
      return keep(await gpio.pwm(pin, { ...options, ...own }));
    },
    async input(pin, options) {
      const input = await gpio.input(pin, { ...options, name });
      pins.push(input.pin);
      return input;
    },
  };
}

/** @throws GadgetError GADGET_CONFIG_INVALID when the owner names a verb that the gadget does not have */
function requireKnownVerbs({ name, config }: CheckedGadget, { verbs }: Device): void {
  const named = [
    ...(config.verbs ?? []).map((verb, index) => ({ verb, at: ['verbs', index] })),
    ...Object.keys(config.replies).map((verb) => ({ verb, at: ['replies', verb] })),
  ];
  const unknown = named.find(({ verb }) => !Object.hasOwn(verbs, verb));
  if (unknown === undefined) return;
  const known = Object.keys(verbs);
  const meant = nearest(unknown.verb, known);
  const list = `It has ${known.join(', ') || 'none'}.`;
  const message = `The gadget "${name}" has no verb "${unknown.verb}".`;
  throw new GadgetError('GADGET_CONFIG_INVALID', message, {
    hint: meant === undefined ? list : `Did you mean "${meant}"? ${list}`,
    path: ['gadgets', name, ...unknown.at],
  });
}
