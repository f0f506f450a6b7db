import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { v } from '@pertybot/core';
import { pluginFactsSchema } from './plugin-facts.js';

const manifestSchema = v.looseObject({
  name: v.optional(v.string()),
  version: v.optional(v.string()),
  author: v.optional(v.union([v.string(), v.looseObject({ name: v.optional(v.string()) })])),
  scripts: v.optional(v.record(v.string(), v.string()), {}),
  dependencies: v.optional(v.record(v.string(), v.string()), {}),
  workspaces: v.optional(v.unknown()),
  gypfile: v.optional(v.boolean()),
  description: v.fallback(v.optional(v.string()), undefined),
  // What others wrote there for themselves is no reason to know nothing at all.
  pertybot: v.fallback(v.optional(pluginFactsSchema), undefined),
});

/** What of a package.json matters here. */
export type PackageManifest = v.InferOutput<typeof manifestSchema>;

/** The package.json of `folder`; undefined where there is none that can be read. */
export function readManifest(folder: string): PackageManifest | undefined {
  try {
    const text = readFileSync(resolve(folder, 'package.json'), 'utf8');
    return v.parse(manifestSchema, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Who made a package, as far as it says so. */
export function authorOf({ author }: PackageManifest): string | undefined {
  return typeof author === 'string' ? author : author?.name;
}

/** Scripts of a package that npm would run at its installation. */
export function installScriptsOf({
  scripts,
  gypfile,
}: Pick<PackageManifest, 'scripts' | 'gypfile'>): readonly string[] {
  const names = ['preinstall', 'install', 'postinstall'].filter((name) => name in scripts);
  return gypfile && !names.includes('install') ? [...names, 'install'] : names;
}
