import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, v } from '@pertybot/core';
import { runNpm } from '../plugins/npm.js';

const ranges = v.fallback(v.record(v.string(), v.string()), {});

const manifestSchema = v.looseObject({
  name: v.fallback(v.string(), ''),
  license: v.fallback(v.optional(v.string()), undefined),
  keywords: v.fallback(v.array(v.string()), []),
  main: v.fallback(v.optional(v.string()), undefined),
  types: v.fallback(v.optional(v.string()), undefined),
  exports: v.optional(v.unknown()),
  engines: ranges,
  dependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
  scripts: ranges,
  gypfile: v.fallback(v.optional(v.boolean()), undefined),
  pertybot: v.optional(v.unknown()),
});

/** A plugin's package, as its checks look at it. */
export interface PluginPackage {
  readonly folder: string;
  readonly manifest: v.InferOutput<typeof manifestSchema>;
  /** Paths of the files that npm would publish, with slashes; undefined when npm does not tell. */
  readonly files: readonly string[] | undefined;
  /** Why npm does not tell. */
  readonly untold?: string;
}

const packedSchema = v.pipe(
  v.array(v.object({ files: v.array(v.object({ path: v.string() })) })),
  v.minLength(1),
);

/**
 * Reads a package, and asks npm what it would publish; no script of it is run.
 * @throws the signal's reason when it fired
 */
export async function readPluginPackage(
  folder: string,
  signal: AbortSignal,
): Promise<PluginPackage> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const manifest = v.parse(manifestSchema, JSON.parse(text));
  try {
    const answer = await runNpm(['pack', '--dry-run', '--json'], { folder, signal });
    const [packed] = v.parse(packedSchema, JSON.parse(answer));
    return { folder, manifest, files: packed?.files.map(({ path }) => path) };
  } catch (error) {
    signal.throwIfAborted();
    return { folder, manifest, files: undefined, untold: messageOf(error) };
  }
}
