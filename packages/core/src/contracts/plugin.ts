import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { WantedScope } from './access-tokens.js';
import type { Delivery, SayOptions } from './chat.js';
import type { Clock } from './clock.js';
import type { RegisterCommand } from './command.js';
import type { AsyncUndo, Undo } from './consumer.js';
import type { DeclaredCommands, DeclaredGadget } from './declaration.js';
import type { Duration } from './duration.js';
import type { BotEvents } from './events.js';
import type { Container, InjectionToken } from './injection.js';
import type { Logger } from './logger.js';
import { checkDefinition } from './plugin-definition.js';
import type { Sentences } from './replies.js';
import type { RegisterReward } from './reward.js';
import type { Store } from './store.js';

/** Services that a plugin asks for, by the names under which `start` receives them. */
export type Needs = Readonly<Record<string, InjectionToken>>;

/** The services of {@link Needs}, resolved. */
export type ResolvedNeeds<Wanted extends Needs> = {
  readonly [name in keyof Wanted]: Wanted[name] extends InjectionToken<infer Service>
    ? Service
    : never;
};

/** What `start` receives beside its needs. All that is taken through it is given back at stop. */
export interface PluginContext {
  /** Id of this plugin in plugins.yaml. */
  readonly id: string;
  /** Registers a chat command. */
  readonly command: RegisterCommand;
  /** Registers a reward: a command that is paid for with channel points. */
  readonly reward: RegisterReward;
  /** Listens to an event of the bot. */
  on<Event extends keyof BotEvents>(
    event: Event,
    listener: (data: BotEvents[Event]) => unknown,
  ): Undo;
  /** Runs `task` again and again, the first time after one interval; never twice at once. */
  every(interval: Duration, task: () => unknown): Undo;
  /** Runs `task` once. */
  after(delay: Duration, task: () => unknown): Undo;
  /** Says something in chat through whatever provides `Chat`; dropped where nothing does. */
  say(text: string, options?: SayOptions): Promise<Delivery>;
  /** Storage of this plugin's own, kept across restarts. */
  readonly store: Store;
  readonly log: Logger;
  readonly clock: Clock;
  /** Runs `undo` when the plugin stops; the last one first. */
  onStop(undo: AsyncUndo): void;
  /** Fires when the plugin stops. */
  readonly signal: AbortSignal;
  /**
   * Runs `task`, which somebody else calls (a library's listener), as the plugin's own: what it throws,
   * or its promise rejects with, is logged and counted. Never throws.
   * @param where such as `socket message`
   */
  run(where: string, task: () => unknown): void;
  /**
   * Says that the plugin waits for something that has no time limit, such as `login`. Call what is
   * returned when it waits no longer.
   */
  waiting(reason: string): Undo;
  /** This plugin's own container. */
  readonly container: Container;
  /**
   * Whether the plugin is only tried, by `pertybot check --try` or `pertybot plugins verify`: without
   * Twitch, on a board in memory. Whatever moves something real does not then: no lamp in the network, no
   * message to others.
   */
  readonly isTrial: boolean;
}

/** What a plugin's part of `pertybot doctor` and `pertybot check` may look at. */
export interface CheckContext<Config> {
  readonly id: string;
  readonly config: Config;
}

/** A plugin as {@link definePlugin} takes it. */
export interface PluginDefinition<
  Schema extends StandardSchemaV1 = StandardSchemaV1,
  Wanted extends Needs = Needs,
> {
  /** Name in the log and in messages, kebab-case. */
  readonly name: string;
  /** One sentence for `pertybot plugins list`. */
  readonly about?: string;
  /** Schema of the entry's `config:`, of any Standard Schema library. @default no config */
  readonly config?: Schema;
  /** Services without which the plugin cannot start. */
  readonly needs?: Wanted;
  /** Twitch scopes that the plugin wants: of the bot's account, or of the one that is named with it. */
  readonly scopes?: readonly (string | WantedScope)[];
  /** Services that it gives to others; `register` binds them. */
  readonly provides?: readonly InjectionToken[];
  /**
   * The commands that `start` registers, by their signatures, so that `pertybot check` knows them without
   * starting anything. A function of the config where they depend on it: pure, for it runs whenever
   * somebody looks. A command that `start` registers without options has those that stand here.
   * @default unknown until the plugin has run once
   */
  readonly commands?:
    | DeclaredCommands
    | ((
        config: StandardSchemaV1.InferOutput<Schema>,
      ) => DeclaredCommands | Promise<DeclaredCommands>);
  /** The kinds of gadgets that `start` brings to `Gadgets`. */
  readonly gadgets?: readonly DeclaredGadget[];
  /**
   * Whether it may share a gadget of that name that plugins.yaml does not define, such as one on another machine:
   * steps and groups may name it then. Pure, for it runs whenever somebody looks.
   * @default it has none
   */
  bringsGadget?(config: StandardSchemaV1.InferOutput<Schema>, name: string): boolean;
  /**
   * What it says in chat by itself, and the owner may say otherwise under `replies:`: its refusals by their reasons,
   * and whatever it asks {@link Replies} for.
   * @default nothing that can be reworded
   */
  readonly replies?: Sentences;
  /**
   * How long its stop may take, where it must finish what would be lost; the others do not wait for it
   * meanwhile. At most 5 s.
   * @default 1.5 s
   */
  readonly stopTimeout?: Duration;
  /** Binds classes and values into the plugin's container: synchronous, no I/O. */
  register?(container: Container, config: StandardSchemaV1.InferOutput<Schema>): void;
  /** Starts the plugin. It may return its undo. */
  start?(
    context: PluginContext & ResolvedNeeds<Wanted>,
    config: StandardSchemaV1.InferOutput<Schema>,
    // biome-ignore lint/suspicious/noConfusingVoidType: a start that returns nothing is ordinary
  ): void | AsyncUndo | Promise<void | AsyncUndo>;
  /**
   * Takes a changed config while the plugin runs.
   * @returns whether it did; if not, the plugin is stopped and started with it
   */
  reconfigure?(
    container: Container,
    config: StandardSchemaV1.InferOutput<Schema>,
  ): boolean | Promise<boolean>;
  /** Adds findings to `pertybot doctor`. */
  checks?(
    context: CheckContext<StandardSchemaV1.InferOutput<Schema>>,
  ): readonly Finding[] | Promise<readonly Finding[]>;
}

/** A checked plugin, its types forgotten. */
export interface Plugin extends PluginDefinition<StandardSchemaV1, Needs> {
  readonly [pluginBrand]: true;
}

/** Marks a plugin, across copies of core. */
const pluginBrand = Symbol.for('pertybot.Plugin');

/**
 * Defines a plugin; the default export of its file.
 * @throws PluginError PLUGIN_INVALID when something in it is unknown or of the wrong kind
 *
 * @example
 * export default definePlugin({
 *   name: 'hello',
 *   start({ command }) {
 *     command('hello', { about: 'Says hello' }, ({ user, reply }) => reply(`Hello ${user.displayName}!`));
 *   },
 * });
 */
export function definePlugin<
  Schema extends StandardSchemaV1 = StandardSchemaV1<undefined, undefined>,
  const Wanted extends Needs = Record<never, never>,
>(definition: PluginDefinition<Schema, Wanted>): Plugin {
  checkDefinition(definition);
  // Its types are forgotten here: the host gives `start` only a config that this schema has made.
  return { ...definition, [pluginBrand]: true } as unknown as Plugin;
}

/** Whether `value` came from {@link definePlugin}. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && pluginBrand in value;
}

/** One line of `pertybot doctor` or `pertybot check`. */
export interface Finding {
  readonly level: 'ok' | 'info' | 'warning' | 'error';
  /** What was looked at, such as `driver`. */
  readonly subject: string;
  /** What was found, one sentence. */
  readonly message: string;
  /** One line that mends it. */
  readonly hint?: string;
  /** What `--json` shows beside it. */
  readonly data?: object;
}
