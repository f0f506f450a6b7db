import { type RequestedScope, toWantedScope } from '../contracts/access-tokens.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** The union of the scopes that enabled plugins declare, of which account, with who wants each. */
export function requestedScopesOf(plugins: readonly HostedPlugin[]): readonly RequestedScope[] {
  const wanted = new Map<string, RequestedScope>();
  for (const { id, enabled, plugin } of plugins) {
    if (!enabled) continue;
    for (const each of plugin.scopes ?? []) {
      const { scope, account } = toWantedScope(each);
      const key = `${account} ${scope}`;
      const ids = wanted.get(key)?.plugins ?? [];
      wanted.set(key, { scope, account, plugins: ids.includes(id) ? ids : [...ids, id] });
    }
  }
  return [...wanted.values()];
}
