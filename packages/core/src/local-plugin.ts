import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { messageOf } from './errors.js';
import { PluginError } from './plugin-error.js';

const run = promisify(execFile);

const script = fileURLToPath(new URL('../bin/mirror-local-plugin.mjs', import.meta.url));

const mirrorSchema = v.object({
  main: v.string(),
  files: v.array(v.object({ file: v.string(), hash: v.string() })),
});

const failureSchema = v.object({
  error: v.object({
    message: v.string(),
    file: v.optional(v.string()),
    line: v.optional(v.number()),
    column: v.optional(v.number()),
  }),
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
  /** File to import; its path changes whenever the content of a file does. */
  readonly main: string;
  /** The files that the plugin is made of, for those who watch them. */
  readonly files: readonly string[];
}

/**
 * Strips the types of a local plugin and of the bot's files that it imports, into
 * `.pertybot/cache/`. Does nothing when none of them changed since.
 * @throws PluginError PLUGIN_LOAD_FAILED with file, line and column of a syntax error
 */
export async function mirrorLocalPlugin(plugin: LocalPlugin): Promise<Mirror> {
  const cache = path.join(plugin.folder, '.pertybot', 'cache');
  const note = path.join(
    cache,
    `${hash(plugin.entry + plugin.resolveFrom.join()).slice(0, 16)}.json`,
  );
  const known = await readNote(note);
  if (known) return known;
  await mkdir(path.join(plugin.folder, '.pertybot'), { recursive: true, mode: 0o700 });
  await mkdir(cache, { recursive: true });
  const { stdout } = await run(process.execPath, [script, JSON.stringify({ ...plugin, cache })], {
    // A debugger's or a test runner's options are not for this child.
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 16 * 1_048_576,
  });
  const answer: unknown = JSON.parse(stdout);
  const failure = v.safeParse(failureSchema, answer);
  if (failure.success) throw toLoadError(failure.output.error, plugin);
  const mirror = v.parse(mirrorSchema, answer);
  await writeFile(note, JSON.stringify(mirror));
  return { main: mirror.main, files: mirror.files.map(({ file }) => file) };
}

/** The mirror that was made before, if none of its sources changed. */
async function readNote(note: string): Promise<Mirror | undefined> {
  try {
    const { main, files } = v.parse(mirrorSchema, JSON.parse(await readFile(note, 'utf8')));
    await readFile(main);
    const contents = await Promise.all(files.map(({ file }) => readFile(file)));
    const same = files.every((file, index) => hash(contents[index] ?? '') === file.hash);
    return same ? { main, files: files.map(({ file }) => file) } : undefined;
  } catch {
    // No note, an unreadable one, or a file that is gone: make it anew.
    return undefined;
  }
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function toLoadError(
  error: v.InferOutput<typeof failureSchema>['error'],
  { entry, folder }: LocalPlugin,
): PluginError {
  const file = path.relative(folder, error.file ?? entry);
  const place = error.line === undefined ? file : `${file}:${error.line}:${error.column ?? 1}`;
  return new PluginError('PLUGIN_LOAD_FAILED', `${place}: ${messageOf(error.message)}.`, {
    hint: `Mend "${file}" and start again.`,
  });
}
