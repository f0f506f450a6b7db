import { isDeepStrictEqual } from 'node:util';
import {
  type RequestedScope,
  type RequestedScopes,
  toWantedScope,
} from '../contracts/access-tokens.js';
import type { Store } from '../contracts/store.js';
import { type Attribution, attributionNow, runFor } from '../events/attribution.js';
import { foreseenScopes, pure, type RunningPlugins } from './foreseen-scopes.js';
import type { HostedPlugin } from './hosted-plugin.js';

type Listener = (list: readonly RequestedScope[]) => void;

/** Key in core's store of what was wanted beside what plugins declare. */
const storeKey = 'wantedScopes';

/** What a {@link ScopeList} works with. */
export interface ScopeListOptions extends RunningPlugins {
  readonly store: Pick<Store, 'get' | 'set'>;
  readonly onFault: (attribution: Attribution, error: unknown) => void;
}

/** The scopes that the bot's enabled plugins want, and those who hear when that changes. */
export class ScopeList implements RequestedScopes {
  list: readonly RequestedScope[];
  private readonly listeners = new Map<Listener, Attribution | undefined>();
  private readonly wants = new Set<readonly RequestedScope[]>();
  /** What was wanted when the bot ran last, of plugins that have not run since. */
  private recalled: readonly RequestedScope[] = [];
  private told: readonly RequestedScope[];
  private telling = false;
  /** Whether the bot runs, so that what is wanted counts. */
  private running = false;
  /** What is in the store. */
  private remembered: readonly RequestedScope[] = [];

  constructor(
    private plugins: readonly HostedPlugin[],
    private readonly options: ScopeListOptions,
  ) {
    this.list = this.join();
    this.told = this.list;
  }

  onChange(listener: Listener): () => void {
    this.listeners.set(listener, attributionNow());
    return () => this.listeners.delete(listener);
  }

  want(scopes: readonly RequestedScope[]): () => void {
    const own = [...scopes];
    this.wants.add(own);
    this.change();
    return () => {
      if (this.wants.delete(own)) this.change();
    };
  }

  /** Takes the plugins that run now, and tells the listeners when they want something else. */
  update(plugins: readonly HostedPlugin[]): void {
    this.plugins = plugins;
    this.list = this.join();
    this.tell();
  }

  get channels(): readonly string[] {
    return [...new Set(this.enabled.flatMap(channelsOf))];
  }

  /** Takes what was wanted when the bot ran last, of each plugin until it runs again. */
  async recall(): Promise<void> {
    const value = await this.options.store.get(storeKey).catch(() => undefined);
    this.recalled = readScopes(value);
    this.remembered = this.recalled;
    this.list = this.join();
    this.told = this.list;
  }

  /** The bot runs: what is wanted from now on is remembered. */
  begin(): void {
    this.running = true;
  }

  /** The bot stops: what plugins want no more, since they end, they want the next time. */
  end(): void {
    this.running = false;
  }

  /** The plugin `id` runs, and has said what it wants. */
  forget(id: string): void {
    this.recalled = this.recalled.flatMap((each) => {
      const plugins = each.plugins.filter((plugin) => plugin !== id);
      return plugins.length > 0 ? [{ ...each, plugins }] : [];
    });
    this.look();
  }

  /** Looks again at what is wanted, such as after a plugin has begun to listen to an event. */
  look(): void {
    this.change();
  }

  private change(): void {
    this.list = this.join();
    if (this.telling) return;
    this.telling = true;
    // Whoever exchanges what it wants does so in two steps.
    queueMicrotask(() => {
      this.telling = false;
      if (this.running) this.remember();
      this.tell();
    });
  }

  private remember(): void {
    const declared = new Set(this.declared.map(keyOf));
    const wanted = this.list.filter((each) => !declared.has(keyOf(each)));
    if (isDeepStrictEqual(wanted, this.remembered)) return;
    this.remembered = wanted;
    // Without it a login beside the bot asks for less, and the bot for the rest later.
    void this.options.store
      .set(
        storeKey,
        wanted.map(({ scope, account, plugins }) => ({ scope, account, plugins })),
      )
      .catch(() => {});
  }

  private tell(): void {
    const { list } = this;
    if (isDeepStrictEqual(list, this.told)) return;
    this.told = list;
    for (const [listener, owner] of this.listeners) {
      const attribution = { plugin: owner?.plugin ?? '', where: 'listener of scopes' };
      try {
        runFor(attribution, () => listener(list));
      } catch (error) {
        this.options.onFault(attribution, error);
      }
    }
  }

  private get enabled(): readonly HostedPlugin[] {
    return this.plugins.filter((each) => each.enabled);
  }

  private get declared(): readonly RequestedScope[] {
    return this.enabled.flatMap(({ id, plugin }) =>
      (plugin.scopes ?? []).map((each) => ({ ...toWantedScope(each), plugins: [id] })),
    );
  }

  /** The union of what enabled plugins declare, of which account, and of what is wanted beside. */
  private join(): readonly RequestedScope[] {
    const { enabled } = this;
    const ids = new Set(enabled.map(({ id }) => id));
    const wanted = new Map<string, RequestedScope>();
    const said = [...this.declared, ...this.recalled, ...[...this.wants].flat()];
    for (const each of [...said, ...foreseenScopes(enabled, said, this.options)]) {
      const known = wanted.get(keyOf(each));
      const plugins = new Set([...(known?.plugins ?? []), ...each.plugins]);
      const living = [...plugins].filter((id) => ids.has(id));
      const { scope, account } = each;
      if (living.length > 0) wanted.set(keyOf(each), { scope, account, plugins: living });
    }
    return [...wanted.values()];
  }
}

function keyOf({ account, scope }: RequestedScope): string {
  return `${account} ${scope}`;
}

function channelsOf({ plugin, config }: HostedPlugin): readonly string[] {
  const names = config === undefined ? [] : pure(() => plugin.channels?.(config));
  return names.map((name) => String(name).trim().replace(/^[#@]/, '').toLowerCase());
}

/** What was written may be of another version. */
function readScopes(value: unknown): readonly RequestedScope[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: Partial<RequestedScope> | null) => {
    const { scope, account, plugins } = each ?? {};
    const isOne =
      typeof scope === 'string' &&
      (account === 'bot' || account === 'broadcaster') &&
      Array.isArray(plugins);
    return isOne ? [{ scope, account, plugins: plugins.map(String) }] : [];
  });
}
