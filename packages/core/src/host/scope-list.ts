import { isDeepStrictEqual } from 'node:util';
import {
  type RequestedScope,
  type RequestedScopes,
  toWantedScope,
} from '../contracts/access-tokens.js';
import type { Store } from '../contracts/store.js';
import { type Attribution, attributionNow, runFor } from '../events/attribution.js';
import type { HostedPlugin } from './hosted-plugin.js';

type Listener = (list: readonly RequestedScope[]) => void;

/** Key in core's store of what was wanted beside what plugins declare. */
const storeKey = 'wantedScopes';

/** What a {@link ScopeList} works with. */
export interface ScopeListOptions {
  readonly store: Pick<Store, 'get' | 'set'>;
  readonly onFault: (attribution: Attribution, error: unknown) => void;
}

/** The scopes that the bot's enabled plugins want, and those who hear when that changes. */
export class ScopeList implements RequestedScopes {
  list: readonly RequestedScope[];
  private readonly listeners = new Map<Listener, Attribution | undefined>();
  private readonly wants = new Set<readonly RequestedScope[]>();
  /** What was wanted when the bot ran last; of a bot that runs nothing. */
  private recalled: readonly RequestedScope[] = [];
  private told: readonly RequestedScope[];
  private telling = false;
  /** What is in the store, where that is known. */
  private remembered: readonly RequestedScope[] | undefined;

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

  /** Takes what was wanted when the bot ran last, until it runs again. */
  async recall(): Promise<void> {
    const value = await this.options.store.get(storeKey).catch(() => undefined);
    this.recalled = readScopes(value);
    this.remembered = this.recalled;
    this.list = this.join();
    this.told = this.list;
  }

  /** The bot runs: what is wanted will be said anew. */
  forget(): void {
    this.recalled = [];
    this.list = this.join();
    this.told = this.list;
  }

  private change(): void {
    this.list = this.join();
    if (this.telling) return;
    this.telling = true;
    // Whoever exchanges what it wants does so in two steps.
    queueMicrotask(() => {
      this.telling = false;
      if (this.wants.size > 0) this.remember();
      this.tell();
    });
  }

  private remember(): void {
    const wanted = [...this.wants].flat();
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

  /** The union of what enabled plugins declare, of which account, and of what is wanted beside. */
  private join(): readonly RequestedScope[] {
    const enabled = this.plugins.filter((each) => each.enabled);
    const ids = new Set(enabled.map(({ id }) => id));
    const declared = enabled.flatMap(({ id, plugin }) =>
      (plugin.scopes ?? []).map((each) => ({ ...toWantedScope(each), plugins: [id] })),
    );
    const wanted = new Map<string, RequestedScope>();
    for (const each of [...declared, ...this.recalled, ...[...this.wants].flat()]) {
      const key = `${each.account} ${each.scope}`;
      const plugins = new Set([...(wanted.get(key)?.plugins ?? []), ...each.plugins]);
      const living = [...plugins].filter((id) => ids.has(id));
      const { scope, account } = each;
      if (living.length > 0) wanted.set(key, { scope, account, plugins: living });
    }
    return [...wanted.values()];
  }
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
