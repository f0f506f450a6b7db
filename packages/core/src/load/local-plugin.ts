import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { messageOf, PluginError } from '../contracts/errors.js';
import { coreVersion } from './core-package.js';
import { KnownMirrors } from './known-mirrors.js';
import { hash, type Mirror, mirrorSchema, writeNote } from './mirror-note.js';
import { type MirrorOrder, MirrorScript } from './mirror-script.js';
import { describePlace, placeIn } from './plugin-place.js';
import { refuseStrangers } from './state-entries.js';

const failureSchema = v.object({
  error: v.object({
    message: v.string(),
    code: v.optional(v.string()),
    file: v.optional(v.string()),
    line: v.optional(v.number()),
    column: v.optional(v.number()),
    hint: v.optional(v.string()),
  }),
  files: v.array(v.string()),
});

/** Where a local plugin is, and what its mirror may be made from. */
export interface LocalPlugin {
  /** The plugin's file. */
  readonly entry: string;
  /** Folder of the bot. */
  readonly folder: string;
  /** URLs of modules from where packages are resolved that the folder does not have. */
  readonly resolveFrom: readonly string[];
}

/** What those plugins share that are mirrored at the same time. */
export interface MirrorWork {
  /** Makes the mirrors of all by one process. */
  readonly script: MirrorScript;
  /** Those that were read before. */
  readonly mirrors: KnownMirrors;
  /** Looks at the state folder; see {@link refuseStrangers}. */
  readonly refuse: (state: string) => void;
}

/**
 * Strips the types of a local plugin and of the bot's files that it imports, into
 * `.pertybot/cache/`. Does nothing when none of them changed since.
 * @throws PluginError PLUGIN_LOAD_FAILED with file, line and column of a syntax error
 * @throws StoreError FOLDER_NOT_YOURS when another user put something into `.pertybot`
 */
export async function mirrorLocalPlugin(
  plugin: LocalPlugin,
  { script, mirrors, refuse }: MirrorWork = {
    script: new MirrorScript(),
    mirrors: new KnownMirrors(),
    refuse: refuseStrangers,
  },
): Promise<Mirror> {
  const { entry, folder, resolveFrom } = plugin;
  const state = path.join(folder, '.pertybot');
  // Its code is run.
  refuse(state);
  const cache = path.join(state, 'cache');
  // Another PertyBot makes other mirrors.
  const made = [coreVersion, entry, ...resolveFrom].join();
  const note = path.join(cache, `${hash(made).slice(0, 16)}.json`);
  const place = { entry, cache, note };
  const known = await mirrors.read(place);
  if (known) return known;
  await prepareCache(cache, plugin);
  const answer = await runScript({ entry, folder, resolveFrom, cache }, script);
  const failure = v.safeParse(failureSchema, answer);
  if (failure.success) throw toLoadError(failure.output, plugin);
  const mirror = v.parse(mirrorSchema, answer);
  await writeNote(mirror, place);
  return mirror;
}

async function prepareCache(cache: string, plugin: LocalPlugin): Promise<void> {
  // A process in which a plugin is tried may write below it, and not make it.
  if (existsSync(cache)) return;
  try {
    await mkdir(path.dirname(cache), { recursive: true, mode: 0o700 });
    await mkdir(cache, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw cacheError(messageOf(error), plugin, error);
  }
}

async function runScript(order: MirrorOrder, script: MirrorScript): Promise<unknown> {
  try {
    return await script.run(order);
  } catch (error) {
    const file = path.relative(order.folder, order.entry);
    const message = `The plugin "${file}" cannot be prepared: ${messageOf(error)}`;
    throw new PluginError('PLUGIN_LOAD_FAILED', message, {
      hint: 'Check that there is memory and disk space left.',
      cause: error,
    });
  }
}

const cannotWrite: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'];

function toLoadError(
  { error, files }: v.InferOutput<typeof failureSchema>,
  plugin: LocalPlugin,
): PluginError {
  if (error.code !== undefined && cannotWrite.includes(error.code)) {
    return cacheError(error.message, plugin);
  }
  const { folder, entry } = plugin;
  const { file = entry, line, column = 1, message } = error;
  const place = line === undefined ? undefined : placeIn(folder, { file, line, column, message });
  const name = path.relative(folder, file);
  const said = place ? describePlace(place) : `${name}: ${message.replace(/\.+$/, '')}.`;
  const hint = error.hint ?? `Mend "${name}" and save it.`;
  return new PluginError('PLUGIN_LOAD_FAILED', said, { hint, files, place });
}

function cacheError(why: string, { entry, folder }: LocalPlugin, cause?: unknown): PluginError {
  const file = path.relative(folder, entry);
  const message = `The plugin "${file}" cannot be copied to ".pertybot/cache": ${why}.`;
  return new PluginError('PLUGIN_LOAD_FAILED', message, {
    hint: "Make the bot's folder writable for the user that runs the bot, and check the disk space.",
    cause,
  });
}
