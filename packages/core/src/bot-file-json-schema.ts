import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import writeFileAtomic from 'write-file-atomic';
import { botFileSchema, entrySchema } from './bot-file-schema.js';
import type { Plugin } from './plugin.js';
import { toJsonSchema } from './schema-keys.js';

/** A plugin and the texts by which `use:` may name it. */
export interface DescribedPlugin {
  readonly uses: readonly string[];
  readonly plugin: Plugin;
}

/**
 * Writes `.pertybot/plugins.schema.json`, from which an editor completes and checks plugins.yaml.
 * @returns the file's path
 */
export async function writeBotFileSchema(
  folder: string,
  plugins: readonly DescribedPlugin[],
): Promise<string> {
  const file = path.join(folder, '.pertybot', 'plugins.schema.json');
  const schema = await toBotFileJsonSchema(plugins);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, `${JSON.stringify(schema, null, 2)}\n`);
  return file;
}

/** The JSON Schema (draft 7) of a plugins.yaml that uses `plugins`. */
export async function toBotFileJsonSchema(plugins: readonly DescribedPlugin[]): Promise<object> {
  const { toJsonSchema: convert } = await import('@valibot/to-json-schema');
  const options = { typeMode: 'input', errorMode: 'ignore' } as const;
  const top = convert(botFileSchema, options);
  const entry = convert(entrySchema, options);
  const conditions = await Promise.all(plugins.map(toCondition));
  const uses = plugins.flatMap((each) => each.uses);
  const use = { ...property(entry, 'use'), examples: uses };
  const items = {
    ...entry,
    properties: { ...entry.properties, use },
    allOf: conditions,
  };
  const list = { type: 'array', items, description: 'The plugins that make the bot.' };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'PertyBot plugins.yaml',
    ...top,
    properties: { ...top.properties, plugins: list },
  };
}

async function toCondition({ uses, plugin }: DescribedPlugin): Promise<object> {
  const config = plugin.config ? ((await toJsonSchema(plugin.config)) ?? {}) : { type: 'null' };
  const { $schema: _, ...described } = { $schema: undefined, ...config };
  return {
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    then: { properties: { config: { description: plugin.about ?? plugin.name, ...described } } },
    if: { properties: { use: { enum: [...uses] } }, required: ['use'] },
  };
}

function property(schema: { readonly properties?: unknown }, name: string): object {
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return {};
  const found = Object.entries(properties).find(([key]) => key === name)?.[1];
  return typeof found === 'object' && found !== null ? found : {};
}
