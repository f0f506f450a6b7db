import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '../bot-file/config-error.js';
import { readDotEnv } from '../bot-file/dot-env.js';
import type { BotFileOverlay } from '../bot-file/entry.js';
import type { Environment } from '../bot-file/interpolate.js';
import { readBotFileText } from '../bot-file/text.js';
import type { RequestedScopes } from '../contracts/access-tokens.js';
import type { BotStatus, PluginInfo, RememberedRefusal } from '../contracts/bot-status.js';
import { type Clock, SystemClock } from '../contracts/clock.js';
import type { CommandInfo } from '../contracts/command.js';
import type { CommandTrace, PluginTrace } from '../contracts/declaration.js';
import type { OwnerStop } from '../contracts/emergency-stop.js';
import { messageOf } from '../contracts/errors.js';
import type { BotEvents } from '../contracts/events.js';
import { createContainer, type InjectionToken } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { Browser, Prompt } from '../contracts/owner.js';
import type { Undo } from '../contracts/undo.js';
import type { Attribution } from '../events/attribution.js';
import { type Composition, loadComposition } from '../host/composition.js';
import { fingerprintOf } from '../host/fingerprint.js';
import type { Foresight } from '../host/foresee.js';
import type { FoundFault } from '../host/found-fault.js';
import type { ReloadResult } from '../host/reload.js';
import { FolderPluginLoader } from '../load/plugin-loader.js';
import { pruneMirrors } from '../load/prune-mirrors.js';
import { FileStore } from '../store/file-store.js';
import { removeLeftovers } from '../store/remove-leftovers.js';
import { StoreError } from '../store/store-error.js';
import { BotCore, type BotCoreOptions } from './bot-core.js';

/** How a {@link Bot} is loaded. */
export interface BotOptions {
  /** Folder of plugins.yaml. */
  readonly folder: string;
  /** Where the bot keeps its state. @default `.pertybot` in the folder */
  readonly stateFolder?: string;
  /** Wins over the file `.env` in the folder. @default process.env */
  readonly env?: Environment;
  /** Config values laid over those of plugins.yaml, by package name or path. */
  readonly overlay?: BotFileOverlay;
  /** Services whose providers are not started, such as those that reach Twitch; what needs them waits. */
  readonly leaveOut?: readonly InjectionToken[];
  /** URLs of modules beside which plugins are looked for that the folder does not have. */
  readonly resolveFrom?: readonly string[];
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly browser?: Browser;
  readonly prompt?: Prompt;
  /** Whether plugins are only tried, which each of them can see. @default false */
  readonly isTrial?: boolean;
  /**
   * Whether the bot is only looked at, so that a variable that is not set is no fault; see
   * {@link Bot.lacking}. A plugin that lacks one is not started. @default false
   */
  readonly mayLack?: boolean;
}

const noBrowser: Browser = { open: async () => false };
const noPrompt: Prompt = { show() {}, ask: async () => undefined };

/** A bot: the plugins of one plugins.yaml, loaded, started and stopped together. */
export class Bot implements BotStatus {
  private tail: Promise<unknown> = Promise.resolve();
  /** Of the last reload: fires when there is a newer one. */
  private newer = new AbortController();
  /** Files of the plugins that the last reload tried. */
  private triedFiles: readonly string[] = [];

  private constructor(
    private readonly core: BotCore,
    private readonly read: (hurry: AbortSignal) => Promise<Composition>,
    private readonly folders: { readonly folder: string; readonly storesFolder: string },
  ) {}

  /** Folder of plugins.yaml. */
  get folder(): string {
    return this.folders.folder;
  }

  /**
   * Reads and checks plugins.yaml and loads its plugins; nothing is started.
   * @throws ConfigError with every fault that was found
   */
  static async load(options: BotOptions): Promise<Bot> {
    const { folder, logger } = options;
    const stateFolder = options.stateFolder ?? path.join(folder, '.pertybot');
    const read = (hurry?: AbortSignal) => readComposition(options, hurry);
    const composition = await read();
    await makeStateFolder(stateFolder);
    // One for each file, so that a plugin that restarts sees what it wrote just before.
    const stores = new Map<string, FileStore>();
    const storesFolder = path.join(stateFolder, 'stores');
    const storeFor = (id: string) => {
      const file = path.join(storesFolder, `${id}.json`);
      const store = stores.get(id) ?? new FileStore(file, logger);
      stores.set(id, store);
      return store;
    };
    const coreOptions: BotCoreOptions = {
      clock: options.clock ?? new SystemClock(),
      browser: options.browser ?? noBrowser,
      prompt: options.prompt ?? noPrompt,
      folders: { bot: folder, state: stateFolder },
      container: createContainer(),
      logger,
      storeFor,
      isTrial: options.isTrial ?? false,
    };
    return new Bot(new BotCore(coreOptions, composition), read, { folder, storesFolder });
  }

  get state(): BotStatus['state'] {
    return this.core.state;
  }

  /** What commands begin with, such as `!`. */
  get prefix(): string {
    return this.core.prefix;
  }

  /** Whether its owner wants it to be watched for standing still; `watch: off` in plugins.yaml does not. */
  get isWatched(): boolean {
    return this.core.isWatched;
  }

  get plugins(): readonly PluginInfo[] {
    return this.core.plugins;
  }

  get commands(): readonly CommandInfo[] {
    return this.core.commands;
  }

  get refusals(): readonly RememberedRefusal[] {
    return this.core.refusals;
  }

  /** The emergency stop in the owner's hands: what runs the bot may release it. */
  get emergencyStop(): OwnerStop {
    return this.core.emergencyStop;
  }

  /** What the enabled plugins together want from the bot's account. */
  get requestedScopes(): RequestedScopes {
    return this.core.scopes;
  }

  /** The checked config of a plugin, for programs that use its services without the bot. */
  configOf(id: string): unknown {
    return this.core.supervisor.host(id)?.hosted.config;
  }

  /** Variables that the configs of enabled plugins name and that are not set, by plugin. */
  get lacking(): ReadonlyMap<string, readonly string[]> {
    const all = this.core.hosted.map(({ id, lacks }) => [id, lacks] as const);
    return new Map(all.filter(([, lacks]) => lacks.length > 0));
  }

  /** What a plugin that runs has registered. */
  traceOf(id: string): PluginTrace {
    return this.core.traceOf(id);
  }

  /** Tells one state of a plugin and its config from another. */
  async fingerprintOf(id: string): Promise<string | undefined> {
    const hosted = this.core.supervisor.host(id)?.hosted;
    return hosted?.enabled ? fingerprintOf(hosted, this.folder) : undefined;
  }

  /**
   * What is known of the bot's commands without starting it.
   * @param remembered what a plugin brought when it ran last; undefined where that is not known
   */
  foresee(remembered: (id: string) => readonly CommandTrace[] | undefined): Promise<Foresight> {
    return this.core.foresee(remembered);
  }

  /** The error for faults of plugins.yaml that were found in what its plugins say. */
  toConfigError(faults: readonly FoundFault[]): ConfigError {
    return this.core.toConfigError(faults);
  }

  /** Starts every plugin. Resolves when the bot is ready: each is running, waiting or failed. */
  async start(): Promise<void> {
    // Only what runs the bot does so: the others must not touch what it is about to write.
    await removeLeftovers(this.folders.storesFolder);
    await pruneMirrors(this.folder, this.core.modules);
    return this.core.start();
  }

  /** Stops every plugin in reverse order, within five seconds. */
  stop(): Promise<void> {
    return this.core.stop();
  }

  /**
   * Reads plugins.yaml, .env and local plugins again and exchanges exactly what changed, and what needs
   * that. When a new plugin does not start, the old ones are brought back.
   * @throws ConfigError when there are faults; nothing is changed then
   */
  reload(): Promise<ReloadResult> {
    // A module of the edit before may never finish loading.
    this.newer.abort();
    const newer = new AbortController();
    this.newer = newer;
    const result = this.tail.then(async () => {
      const replaced = await this.core.replace(await this.readAgain(newer.signal));
      await pruneMirrors(this.folder, this.core.modules);
      return replaced;
    });
    this.tail = result.catch(() => {});
    return result;
  }

  /** Files of local plugins, whose change means a reload; also those of a version that did not work. */
  get pluginFiles(): readonly string[] {
    return [...new Set([...this.core.pluginFiles, ...this.triedFiles])];
  }

  private async readAgain(hurry: AbortSignal): Promise<Composition> {
    try {
      const composition = await this.read(hurry);
      this.triedFiles = composition.plugins.flatMap(({ files }) => files);
      return composition;
    } catch (error) {
      if (error instanceof ConfigError) this.triedFiles = error.files;
      throw error;
    }
  }

  /** Stops a plugin and what needs it, and starts them again. */
  restart(id: string): Promise<void> {
    const result = this.tail.then(() => this.core.supervisor.restart(id));
    this.tail = result.catch(() => {});
    return result;
  }

  /** Listens to an event. */
  on<Event extends keyof BotEvents>(
    event: Event,
    listener: (data: BotEvents[Event]) => unknown,
  ): Undo {
    return this.core.events.on(event, listener);
  }

  /** A service of a running plugin, or undefined. */
  find<Service>(token: InjectionToken<Service>): Service | undefined {
    // A provider binds to a token what the token's type says.
    return this.core.supervisor.find(token) as Service | undefined;
  }

  /** Resolves when no command runs or waits. */
  idle(): Promise<void> {
    return this.core.inbox.idle();
  }

  /** Counts a fault of a plugin that nobody could catch, such as an unhandled rejection. */
  fault(attribution: Attribution, error: unknown): void {
    this.core.onFault(attribution, error);
  }
}

async function readComposition(options: BotOptions, hurry?: AbortSignal): Promise<Composition> {
  const { folder, overlay = {}, resolveFrom = [], logger, mayLack = false } = options;
  const environment = { ...(await readDotEnv(folder)), ...(options.env ?? process.env) };
  const onSlow = (use: string) => logger.warn(`"${use}" has not finished loading yet.`);
  const loader = new FolderPluginLoader({ folder, resolveFrom, onSlow, hurry });
  const text = await readBotFileText(folder);
  const composition = await loadComposition(text, { environment, overlay, loader, mayLack });
  const isLeftOut = (token: InjectionToken) => options.leaveOut?.includes(token) ?? false;
  const plugins = composition.plugins.map((hosted) =>
    hosted.lacks.length > 0 || hosted.plugin.provides?.some(isLeftOut)
      ? { ...hosted, leftOut: true }
      : hosted,
  );
  return { ...composition, plugins };
}

async function makeStateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const message = `The folder "${folder}" cannot be made: ${messageOf(error)}.`;
    throw new StoreError('STORE_WRITE_FAILED', message, {
      hint: "Make the bot's folder writable for the user that runs the bot.",
      cause: error,
    });
  }
}
