import path from 'node:path';
import type { Plugin } from '../contracts/plugin.js';
import { writeFileAtomically } from '../store/write-file-atomically.js';
import { botFileSchema, entrySchema } from './entry.js';
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
  await writeFileAtomically(file, `${JSON.stringify(schema, null, 2)}\n`);
  return file;
}

/** The JSON Schema (draft 7) of a plugins.yaml that uses `plugins`. */
export async function toBotFileJsonSchema(plugins: readonly DescribedPlugin[]): Promise<object> {
  const { toJsonSchema: convert } = await import('@valibot/to-json-schema');
  const options = { typeMode: 'input', errorMode: 'ignore' } as const;
  const top = convert(botFileSchema, options);
  const entry = convert(entrySchema, options);
  const configs = await Promise.all(plugins.map(toConfigSchema));
  const use = {
    ...property(entry, 'use'),
    examples: plugins.flatMap(({ uses }) => uses.slice(0, 1)),
  };
  const items = {
    ...entry,
    properties: { ...entry.properties, use },
    allOf: plugins.map((each, index) => toCondition(each, index, configs[index] ?? {})),
  };
  const list = { type: 'array', items, description: 'The plugins that make the bot.' };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'PertyBot plugins.yaml',
    ...top,
    properties: { ...top.properties, plugins: list },
    definitions: Object.fromEntries(configs.map((config, index) => [nameOf(index), config])),
  };
}

/** The schema of a plugin's config; what it refers to in itself is where it will be in the file. */
async function toConfigSchema({ plugin }: DescribedPlugin, index: number): Promise<object> {
  if (!plugin.config) return { type: 'null' };
  const schema: object = (await toJsonSchema(plugin.config)) ?? {};
  const { $schema: _, ...config } = { $schema: undefined, ...schema };
  return JSON.parse(JSON.stringify(config), (key, value: unknown) => {
    const isOwn = key === '$ref' && typeof value === 'string' && value.startsWith('#');
    return isOwn ? `#/definitions/${nameOf(index)}${value.slice(1)}` : withAnyOf(value);
  });
}

/** The libraries take the first member of a union that fits; JSON Schema's oneOf refuses two. */
function withAnyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('oneOf' in value)) return value;
  const { oneOf, ...others } = value;
  return 'anyOf' in others ? value : { ...others, anyOf: oneOf };
}

function toCondition({ uses, plugin }: DescribedPlugin, index: number, config: object): object {
  const description = plugin.about ?? plugin.name;
  const mustBeThere =
    'required' in config && Array.isArray(config.required) && config.required.length > 0;
  return {
    if: { properties: { use: { enum: [...uses] } }, required: ['use'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    then: {
      // Draft 7 ignores what stands beside a $ref.
      properties: { config: { description, allOf: [{ $ref: `#/definitions/${nameOf(index)}` }] } },
      ...(mustBeThere ? { required: ['config'] } : {}),
    },
  };
}

function nameOf(index: number): string {
  return `plugin${index + 1}`;
}

function property(schema: { readonly properties?: unknown }, name: string): object {
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return {};
  const found = Object.entries(properties).find(([key]) => key === name)?.[1];
  return typeof found === 'object' && found !== null ? found : {};
}
