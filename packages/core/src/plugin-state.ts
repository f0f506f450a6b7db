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
