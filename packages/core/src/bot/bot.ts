import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError, type ConfigProblem } from '../bot-file/config-error.js';
import { SystemClock } from '../contracts/clock.js';
import type { Undo } from '../contracts/consumer.js';
import type { PluginTrace } from '../contracts/declaration.js';
import { messageOf } from '../contracts/errors.js';
import type { BotEvents } from '../contracts/events.js';
import { createContainer } from '../contracts/injection.js';
import type { Browser, Prompt } from '../contracts/owner.js';
import { StoreError } from '../contracts/store.js';
import type { Composition } from '../host/composition.js';
import { fingerprintOf } from '../host/fingerprint.js';
import { type Foresight, foresee } from '../host/foresee.js';
import type { ReloadResult } from '../host/reload-plan.js';
import { KnownMirrors } from '../load/known-mirrors.js';
import { MirrorScript } from '../load/mirror-script.js';
import { pruneMirrors } from '../load/prune-mirrors.js';
import { FileStore } from '../store/file-store.js';
import { removeLeftovers } from '../store/write-file-atomically.js';
import type { BotOptions } from './bot-options.js';
import { ComposedBot } from './composed-bot.js';
import {
  type FoundFault,
  findProblems,
  readComposition,
  toFoundError,
} from './read-composition.js';
import type { BotServices } from './wire-bot.js';

const noBrowser: Browser = { open: async () => false };
const noPrompt: Prompt = { show() {}, ask: async () => undefined };

/** Where the composition of a {@link Bot} comes from, and what it leaves in its folder. */
interface BotPlace {
  readonly folder: string;
  readonly storesFolder: string;
  readonly script: MirrorScript;
  readonly read: (hurry: AbortSignal) => Promise<Composition>;
  readonly judge: (text: string) => Promise<readonly ConfigProblem[]>;
}

/** The bot of a folder: composed as its plugins.yaml says, and again when that changes. */
export class Bot extends ComposedBot {
  private tail: Promise<unknown> = Promise.resolve();
  /** Of the last reload: fires when there is a newer one. */
  private newer = new AbortController();
  /** Files of the plugins that the last reload tried. */
  private triedFiles: readonly string[] = [];

  private constructor(
    services: BotServices,
    composition: Composition,
    private readonly place: BotPlace,
  ) {
    super(services, composition);
  }

  /**
   * Reads and checks plugins.yaml and loads its plugins; nothing is started.
   * @throws ConfigError with every fault that was found
   */
  static async load(options: BotOptions): Promise<Bot> {
    const { folder, logger } = options;
    const stateFolder = options.stateFolder ?? path.join(folder, '.pertybot');
    const storesFolder = path.join(stateFolder, 'stores');
    const [script, mirrors] = [new MirrorScript(), new KnownMirrors()];
    const read = (hurry?: AbortSignal) => readComposition(options, { hurry, script, mirrors });
    const judge = (text: string) => findProblems(options, text);
    const composition = await read();
    await makeStateFolder(stateFolder);
    // One for each file, so that a plugin that restarts sees what it wrote just before.
    const stores = new Map<string, FileStore>();
    const storeFor = (id: string) => {
      const file = path.join(storesFolder, `${id}.json`);
      const store = stores.get(id) ?? new FileStore(file, logger);
      stores.set(id, store);
      return store;
    };
    const services: BotServices = {
      clock: options.clock ?? new SystemClock(),
      browser: options.browser ?? noBrowser,
      prompt: options.prompt ?? noPrompt,
      control: options.control,
      folders: { bot: folder, state: stateFolder },
      container: createContainer(),
      logger,
      storeFor,
      isTrial: options.isTrial ?? false,
    };
    const bot = new Bot(services, composition, { folder, storesFolder, script, read, judge });
    await bot.recallScopes();
    return bot;
  }

  /** Folder of plugins.yaml. */
  get folder(): string {
    return this.place.folder;
  }

  /** Whether plugins.yaml wants it to be watched for standing still. */
  get isWatched(): boolean {
    return this.composition.watch;
  }

  /** Variables that the configs of enabled plugins name and that are not set, by plugin. */
  get lacking(): ReadonlyMap<string, readonly string[]> {
    const all = this.hosted.map(({ id, lacks }) => [id, lacks] as const);
    return new Map(all.filter(([, lacks]) => lacks.length > 0));
  }

  /**
   * What is known of the bot's commands without starting it.
   * @param remembered what a plugin brought when it ran last; undefined where that is not known
   */
  foresee(
    remembered: (id: string) => Pick<PluginTrace, 'commands' | 'rewards'> | undefined,
  ): Promise<Foresight> {
    return foresee(this.composition, remembered);
  }

  /** The error for faults of plugins.yaml that were found in what its plugins say. */
  toConfigError(faults: readonly FoundFault[]): ConfigError {
    return toFoundError(this.composition, faults);
  }

  /** Tells one state of a plugin and its config from another. */
  async fingerprintOf(id: string): Promise<string | undefined> {
    const hosted = this.hosted.find((each) => each.id === id);
    return hosted?.enabled ? fingerprintOf(hosted, this.folder) : undefined;
  }

  override async start(): Promise<void> {
    // Only what runs the bot does so: the others must not touch what it is about to write.
    await removeLeftovers(this.place.storesFolder);
    await pruneMirrors(this.folder, this.modules);
    return super.start();
  }

  /**
   * Starts what a {@link reload} needs for an edit of a local plugin, for whoever waits a moment before it; the
   * reload, or the bot's stop, ends that.
   */
  prepareReload(): void {
    this.place.script.prepare();
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
    return this.inTurn(async () => {
      const replaced = await this.replace(await this.readAgain(newer.signal));
      await pruneMirrors(this.folder, this.modules);
      return replaced;
    });
  }

  /**
   * Every fault that a reload would find if plugins.yaml were `text`; nothing is changed.
   * @throws PertyError when it cannot be judged
   */
  problemsOf(text: string): Promise<readonly ConfigProblem[]> {
    return this.place.judge(text);
  }

  override stop(): Promise<void> {
    this.place.script.release();
    return super.stop();
  }

  /** Listens to what is told anyway: nothing is looked for in chat, or asked of Twitch, because of it. */
  overhear<Event extends keyof BotEvents>(
    event: Event,
    listener: (data: BotEvents[Event]) => unknown,
  ): Undo {
    return this.events.overhear(event, listener);
  }

  override restart(id: string): Promise<void> {
    return this.inTurn(() => super.restart(id));
  }

  /** Files of local plugins, whose change means a reload; also those of a version that did not work. */
  override get pluginFiles(): readonly string[] {
    return [...new Set([...super.pluginFiles, ...this.triedFiles])];
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.tail.then(work);
    this.tail = result.catch(() => {});
    return result;
  }

  private async readAgain(hurry: AbortSignal): Promise<Composition> {
    try {
      const composition = await this.place.read(hurry);
      this.triedFiles = composition.plugins.flatMap(({ files }) => files);
      return composition;
    } catch (error) {
      if (error instanceof ConfigError) this.triedFiles = error.files;
      throw error;
    } finally {
      this.place.script.release();
    }
  }
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
