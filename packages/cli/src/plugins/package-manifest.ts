import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { v } from '@pertybot/core';
import { toPlainText } from '../terminal/text.js';

const names = v.optional(v.array(v.string()), []);

/**
 * The field `pertybot` of a plugin's package.json, so that a registry can tell what it is. Names as
 * people read them: `Gpio` for a service, `lamp` for a chat command.
 */
export const pluginFactsSchema = v.object({
  provides: names,
  needs: names,
  commands: names,
  /** Twitch scopes. */
  scopes: names,
});

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

/** What a package says of its plugin. `plugins verify` holds it against the code. */
export type PluginFacts = v.InferOutput<typeof pluginFactsSchema>;

/** What a package.json, or a registry, has as that field; undefined where it is none. */
export function readPluginFacts(value: unknown): PluginFacts | undefined {
  const facts = v.safeParse(pluginFactsSchema, value);
  return facts.success ? facts.output : undefined;
}

/** The facts for people, each that there is with its title. */
export function describePluginFacts(
  facts: PluginFacts,
): readonly (readonly [title: string, value: string])[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['provides', facts.provides],
    ['needs', facts.needs],
    ['commands', facts.commands.map((name) => `!${name}`)],
    ['Twitch scopes', facts.scopes],
  ];
  return rows
    .filter(([, list]) => list.length > 0)
    .map(([title, list]) => [title, toPlainText(list.join(', '))]);
}
