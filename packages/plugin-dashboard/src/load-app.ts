import type { createApp } from './server/app.js';

/** What answers requests, as a module. */
export interface AppModule {
  readonly createApp: typeof createApp;
}

/** A file of its own in the bundle, too, at the same place as seen from here. */
const file = './server/app.js';

/**
 * Makes what loads the part of the page that most bots never need. Node.js keeps an import that failed, such as where
 * no more files could be opened, until the process ends: each further try goes by another name.
 */
export function createAppLoader(
  load: (name: string) => Promise<AppModule> = (name) => import(name),
): () => Promise<AppModule> {
  let failures = 0;
  return async () => {
    try {
      return await load(failures === 0 ? file : `${file}?${failures}`);
    } catch (error) {
      failures += 1;
      throw error;
    }
  };
}
