import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Mirrors that are kept beside those that are needed, the newest: an editor's undo goes back to them. */
const keptMirrors = 5;

/** Milliseconds after which what a process that was killed left is nobody's any more. */
const leftAfter = 3_600_000;

const mirrorForm = /^[0-9a-f]{16}$/;

/**
 * Removes mirrors of local plugins that are long gone: all but those of `modules`, those that are the last of
 * their plugin, and the newest few. Never rejects; a mirror that stays harms nobody.
 * @param folder folder of the bot
 * @param modules what of them runs, which may import more of its files at any time
 */
export async function pruneMirrors(folder: string, modules: readonly string[]): Promise<void> {
  const cache = path.join(folder, '.pertybot', 'cache');
  try {
    const names = await readdir(cache);
    const needed = new Set(modules.flatMap((module) => mirrorOf(module, cache)));
    for (const note of names.filter((name) => name.endsWith('.json'))) {
      const text = await readFile(path.join(cache, note), 'utf8');
      for (const [, name = ''] of text.matchAll(/"version":"([0-9a-f]{16})"/g)) needed.add(name);
    }
    const others = names.filter((name) => !needed.has(name) && !name.endsWith('.json'));
    const aged = await Promise.all(
      others.map(async (name) => ({ name, time: (await stat(path.join(cache, name))).mtimeMs })),
    );
    const newestFirst = aged.sort((a, b) => b.time - a.time);
    const mirrors = newestFirst.filter(({ name }) => mirrorForm.test(name)).slice(keptMirrors);
    const left = newestFirst.filter(
      ({ name, time }) => !mirrorForm.test(name) && Date.now() - time > leftAfter,
    );
    for (const { name } of [...mirrors, ...left]) {
      await rm(path.join(cache, name), { recursive: true, force: true });
    }
  } catch {
    // No cache, or another process changes it: the next time.
  }
}

/** Name of the mirror that a module lies in; none for what is no copy. */
function mirrorOf(module: string, cache: string): readonly string[] {
  if (!module.startsWith('file:')) return [];
  const [name = '..'] = path.relative(cache, fileURLToPath(module)).split(path.sep);
  return name === '..' ? [] : [name];
}
