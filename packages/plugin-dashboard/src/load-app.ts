import { lateImport } from '@pertybot/core/host';
import type { createApp } from './server/app.js';

/** What answers requests, as a module. */
export interface AppModule {
  readonly createApp: typeof createApp;
}

/** Makes what loads the part of the page that most bots never need, by a file of its own in the bundle, too. */
export function createAppLoader(
  load: (name: string) => Promise<AppModule> = (name) => import(name),
): () => Promise<AppModule> {
  return lateImport('./server/app.js', load);
}
