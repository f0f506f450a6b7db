import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** Files that are kept at most; a bot of all plugins has about 250, and each edit of a local plugin adds one. */
const most = 1_000;

/** Where it is kept, and for whom. */
export interface CompileCacheOptions {
  /** @default that of the process */
  readonly environment?: NodeJS.ProcessEnv;
  /** Who runs this, as the kernel knows him. @default whoever does */
  readonly user?: number;
  /** What keeps it. @default that of Node 22.1 and newer */
  readonly enable?: unknown;
}

/**
 * Has Node keep what it compiles of what is imported from now on, which starts the next process sooner. What lies there
 * is run: so only in a folder where nobody but this user, or root, can put anything. Wherever that, or anything else, is
 * not so, nothing is kept, and nobody told: it is a matter of milliseconds.
 * @returns the folder where it is kept
 * @see https://nodejs.org/api/module.html#module-compile-cache
 */
export function keepCompiled({
  environment = process.env,
  user = process.getuid?.(),
  enable = 'enableCompileCache' in nodeModule ? nodeModule.enableCompileCache : undefined,
}: CompileCacheOptions = {}): string | undefined {
  if (typeof enable !== 'function' || user === undefined) return undefined;
  // With the first its user has one of his own.
  if (environment.NODE_COMPILE_CACHE || environment.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const home = cacheHome(environment);
    if (!isAbsolute(home)) return undefined;
    const folder = join(home, 'pertybot');
    for (const each of [home, folder]) {
      if (existsSync(each)) continue;
      // Nobody gets a home by this who has none, and under sudo nobody a folder of root's in his own.
      if (statSync(dirname(each)).uid !== user) return undefined;
      mkdirSync(each, { mode: 0o700 });
    }
    const place = realpathSync(folder);
    if (!isOnlyOf(user, place)) return undefined;
    empty(place);
    enable(place);
    return place;
  } catch {
    return undefined;
  }
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
function cacheHome({ XDG_CACHE_HOME: named = '' }: NodeJS.ProcessEnv): string {
  return isAbsolute(named) ? named : join(homedir(), '.cache');
}

/** Whether nobody else could have put anything into a folder, or another folder in its place. */
function isOnlyOf(user: number, folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return uid === user && (mode & 0o077) === 0 && isSafeAbove(user, dirname(folder));
}

function isSafeAbove(user: number, folder: string): boolean {
  const { uid, mode } = statSync(folder);
  // Where a folder is sticky, as /tmp is, what is in it can be moved by its owner alone.
  const isSafe = (uid === user || uid === 0) && ((mode & 0o022) === 0 || (mode & 0o1000) !== 0);
  const above = dirname(folder);
  return isSafe && (above === folder || isSafeAbove(user, above));
}

/** Empties it when it has grown: Node itself never removes anything. */
function empty(folder: string): void {
  const versions = readdirSync(folder).map((name) => join(folder, name));
  const count = versions.reduce((sum, version) => sum + readdirSync(version).length, 0);
  if (count <= most) return;
  for (const version of versions) rmSync(version, { recursive: true, force: true });
}
