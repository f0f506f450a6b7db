import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** URL of a module of ours: plugins that the bot's folder does not have are looked for beside it. */
export const besidePertybot: readonly string[] = [import.meta.url];

/**
 * The folder in which a bot keeps its state, made if need be.
 * @param name a folder of its own in it, such as `dev`
 */
export async function makeStateFolder(folder: string, name = ''): Promise<string> {
  const state = join(folder, '.pertybot', name);
  await mkdir(state, { recursive: true, mode: 0o700 });
  return state;
}
