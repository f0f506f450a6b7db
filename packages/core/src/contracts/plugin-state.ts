/** Where a plugin is in its life. */
export type PluginState =
  | { readonly name: 'loaded' }
  | { readonly name: 'waiting'; readonly reason: string }
  | { readonly name: 'starting' }
  | { readonly name: 'running' }
  | { readonly name: 'restarting'; readonly after: number }
  | { readonly name: 'failed'; readonly error: unknown }
  | { readonly name: 'disabled' }
  | { readonly name: 'stopped' };

/** Whether two states say the same; a failure is always new. */
export function isSameState(a: PluginState, b: PluginState): boolean {
  if (a.name === 'failed') return false;
  if (a.name === 'waiting' && b.name === 'waiting') return a.reason === b.reason;
  if (a.name === 'restarting' && b.name === 'restarting') return a.after === b.after;
  return a.name === b.name;
}
