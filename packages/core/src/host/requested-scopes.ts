import type { RequestedScope } from '../contracts/access-tokens.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** The union of the scopes that enabled plugins declare, with who wants each. */
export function requestedScopesOf(plugins: readonly HostedPlugin[]): readonly RequestedScope[] {
  const wanted = new Map<string, string[]>();
  for (const { id, enabled, plugin } of plugins) {
    if (!enabled) continue;
    for (const scope of plugin.scopes ?? []) wanted.set(scope, [...(wanted.get(scope) ?? []), id]);
  }
  return [...wanted].map(([scope, ids]) => ({ scope, plugins: ids }));
}
