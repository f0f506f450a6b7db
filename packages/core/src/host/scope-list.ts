import { isDeepStrictEqual } from 'node:util';
import type { RequestedScope, RequestedScopes } from '../contracts/access-tokens.js';
import { type Attribution, attributionNow, runFor } from '../events/attribution.js';
import type { HostedPlugin } from './hosted-plugin.js';

type Listener = (list: readonly RequestedScope[]) => void;

/** The scopes that the bot's enabled plugins want, and those who hear when that changes. */
export class ScopeList implements RequestedScopes {
  list: readonly RequestedScope[];
  private readonly listeners = new Map<Listener, Attribution | undefined>();

  constructor(
    plugins: readonly HostedPlugin[],
    private readonly onFault: (attribution: Attribution, error: unknown) => void,
  ) {
    this.list = requestedScopesOf(plugins);
  }

  onChange(listener: Listener): () => void {
    this.listeners.set(listener, attributionNow());
    return () => this.listeners.delete(listener);
  }

  /** Takes the plugins that run now, and tells the listeners when they want something else. */
  update(plugins: readonly HostedPlugin[]): void {
    const list = requestedScopesOf(plugins);
    if (isDeepStrictEqual(list, this.list)) return;
    this.list = list;
    for (const [listener, owner] of this.listeners) {
      const attribution = { plugin: owner?.plugin ?? '', where: 'listener of scopes' };
      try {
        runFor(attribution, () => listener(list));
      } catch (error) {
        this.onFault(attribution, error);
      }
    }
  }
}

/** The union of the scopes that enabled plugins declare, with who wants each. */
function requestedScopesOf(plugins: readonly HostedPlugin[]): readonly RequestedScope[] {
  const wanted = new Map<string, string[]>();
  for (const { id, enabled, plugin } of plugins) {
    if (!enabled) continue;
    for (const scope of plugin.scopes ?? []) wanted.set(scope, [...(wanted.get(scope) ?? []), id]);
  }
  return [...wanted].map(([scope, ids]) => ({ scope, plugins: ids }));
}
