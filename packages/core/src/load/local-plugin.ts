import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import * as v from 'valibot';
import { messageOf } from '../contracts/errors.js';
import { PluginError } from '../contracts/plugin-error.js';
import { coreFolder } from './core-folder.js';

const run = promisify(execFile);

const script = path.join(coreFolder, 'bin', 'mirror-local-plugin.mjs');

const mirrorSchema = v.object({
  main: v.string(),
  files: v.array(v.object({ file: v.string(), hash: v.string(), copy: v.string() })),
  commonJs: v.boolean(),
  version: v.string(),
});

/** What was made before: with what the kernel says of each copy, which nobody can foresee or set. */
const noteSchema = v.object({ mirror: mirrorSchema, stamps: v.array(v.string()) });

const failureSchema = v.object({
  error: v.object({
    message: v.string(),
    code: v.optional(v.string()),
    file: v.optional(v.string()),
    line: v.optional(v.number()),
    column: v.optional(v.number()),
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

/** A local plugin, ready to be imported. */
export interface Mirror {
  /** File to import: the copy, or for CommonJS the plugin itself. */
  readonly main: string;
  /** The files that the plugin is made of, with the content and the place of their copies. */
  readonly files: readonly MirroredFile[];
  /** Whether it is CommonJS, which needs no copy. */
  readonly commonJs: boolean;
  /** Changes whenever the content of a file does. */
  readonly version: string;
}

/** A file of a local plugin. */
export interface MirroredFile {
  readonly file: string;
  readonly hash: string;
  /** Its copy, from the folder of the mirror. */
  readonly copy: string;
}

/**
 * Strips the types of a local plugin and of the bot's files that it imports, into
 * `.pertybot/cache/`. Does nothing when none of them changed since.
 * @throws PluginError PLUGIN_LOAD_FAILED with file, line and column of a syntax error
 */
export async function mirrorLocalPlugin(plugin: LocalPlugin): Promise<Mirror> {
  const { entry, folder, resolveFrom } = plugin;
  const cache = path.join(folder, '.pertybot', 'cache');
  const note = path.join(cache, `${hash(entry + resolveFrom.join()).slice(0, 16)}.json`);
  const known = await readNote(note, { entry, cache });
  if (known) return known;
  await prepareCache(cache, plugin);
  const answer = await runScript({ ...plugin, cache });
  const failure = v.safeParse(failureSchema, answer);
  if (failure.success) throw toLoadError(failure.output, plugin);
  const mirror = v.parse(mirrorSchema, answer);
  // Without the note the mirror is only made again the next time.
  await writeNote(note, { mirror, cache }).catch(() => {});
  return mirror;
}

async function prepareCache(cache: string, plugin: LocalPlugin): Promise<void> {
  try {
    await mkdir(path.dirname(cache), { recursive: true, mode: 0o700 });
    await mkdir(cache, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw cacheError(messageOf(error), plugin, error);
  }
}

async function runScript(argument: LocalPlugin & { readonly cache: string }): Promise<unknown> {
  try {
    const { stdout } = await run(process.execPath, [script, JSON.stringify(argument)], {
      // A debugger's or a test runner's options are not for this child.
      env: { ...process.env, NODE_OPTIONS: '' },
      maxBuffer: 16 * 1_048_576,
    });
    return JSON.parse(stdout);
  } catch (error) {
    const file = path.relative(argument.folder, argument.entry);
    const message = `The plugin "${file}" cannot be prepared: ${messageOf(error)}`;
    throw new PluginError('PLUGIN_LOAD_FAILED', message, {
      hint: 'Check that there is memory and disk space left.',
      cause: error,
    });
  }
}

async function writeNote(
  note: string,
  { mirror, cache }: { readonly mirror: Mirror; readonly cache: string },
): Promise<void> {
  const stamps = await stampsOf(mirror, cache);
  await writeFile(note, JSON.stringify({ mirror, stamps }), { mode: 0o600 });
}

/**
 * The mirror that was made before, if none of its sources changed, and none of its copies: a folder that came from
 * somebody else may bring a note and copies that are not what its sources say.
 */
async function readNote(
  note: string,
  { entry, cache }: { readonly entry: string; readonly cache: string },
): Promise<Mirror | undefined> {
  try {
    const { mirror, stamps } = v.parse(noteSchema, JSON.parse(await readFile(note, 'utf8')));
    const { main, files, commonJs, version } = mirror;
    const isOurs = commonJs
      ? main === entry
      : files.some(({ copy }) => main === path.join(cache, version, copy));
    if (!isOurs) return undefined;
    const contents = await Promise.all(files.map(({ file }) => readFile(file)));
    const same = files.every((file, index) => hash(contents[index] ?? '') === file.hash);
    const untouched = isDeepStrictEqual(stamps, await stampsOf(mirror, cache));
    return same && untouched ? mirror : undefined;
  } catch {
    // No note, an unreadable one, or a file that is gone: make it anew.
    return undefined;
  }
}

/** Another file, or another content, has another one: no program can set the time of a file's last change. */
async function stampsOf(
  { files, commonJs, version }: Mirror,
  cache: string,
): Promise<readonly string[]> {
  if (commonJs) return [];
  const copies = files.map(({ copy }) => stat(path.join(cache, version, copy), { bigint: true }));
  return (await Promise.all(copies)).map(({ dev, ino, size, ctimeNs }) => {
    return [dev, ino, size, ctimeNs].join(' ');
  });
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

const cannotWrite: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'];

function toLoadError(
  { error, files }: v.InferOutput<typeof failureSchema>,
  plugin: LocalPlugin,
): PluginError {
  if (error.code !== undefined && cannotWrite.includes(error.code)) {
    return cacheError(error.message, plugin);
  }
  const file = path.relative(plugin.folder, error.file ?? plugin.entry);
  const place = error.line === undefined ? file : `${file}:${error.line}:${error.column ?? 1}`;
  return new PluginError('PLUGIN_LOAD_FAILED', `${place}: ${error.message}.`, {
    hint: `Mend "${file}" and start again.`,
    files,
  });
}

function cacheError(why: string, { entry, folder }: LocalPlugin, cause?: unknown): PluginError {
  const file = path.relative(folder, entry);
  const message = `The plugin "${file}" cannot be copied to ".pertybot/cache": ${why}.`;
  return new PluginError('PLUGIN_LOAD_FAILED', message, {
    hint: "Make the bot's folder writable for the user that runs the bot, and check the disk space.",
    cause,
  });
}
