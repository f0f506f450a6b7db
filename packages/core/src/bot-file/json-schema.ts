import path from 'node:path';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ConversionConfig } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { allSentences, namesOf } from '../commands/replies.js';
import type { Plugin } from '../contracts/plugin.js';
import { sentenceOf } from '../contracts/replies.js';
import { writeFileAtomically } from '../store/write-file-atomically.js';
import type { YamlPath } from './config-error.js';
import { forEditors } from './editor-unions.js';
import { botFileSchema, entrySchema } from './entry.js';

/** The part of JSON Schema that tells which keys a map may have. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly const?: unknown;
}

/**
 * The JSON Schema of what may be written for a schema of any Standard Schema library that has one.
 * @returns undefined for a library that has none
 */
export async function toJsonSchema(schema: StandardSchemaV1): Promise<object | undefined> {
  const standard = schema['~standard'];
  if ('jsonSchema' in standard) {
    // Standard JSON Schema, an extension of the standard that zod 4 has.
    const { input } = standard.jsonSchema as { input(options: { target: string }): object };
    return input({ target: 'draft-07' });
  }
  if (standard.vendor !== 'valibot') return undefined;
  const { toJsonSchema: convert } = await import('@valibot/to-json-schema');
  // The vendor says that it is one of valibot's.
  const generic = schema as unknown as v.GenericSchema;
  return convert(generic, editorOptions);
}

/**
 * How valibot's schemas are written for editors: with what is said of a value behind its transformation, which the
 * converter leaves out, and with the author's words where the form of a text is wrong.
 */
const editorOptions: ConversionConfig = {
  typeMode: 'input',
  errorMode: 'ignore',
  overrideSchema({ valibotSchema, jsonSchema }) {
    if (!('entries' in valibotSchema) || !jsonSchema.properties) return jsonSchema;
    // All of valibot's schemas that have entries have them like this.
    const entries = valibotSchema.entries as Readonly<Record<string, v.GenericSchema | undefined>>;
    const described = Object.entries(jsonSchema.properties).map(([key, property]) => {
      const entry = entries[key];
      const description = entry && descriptionOf(entry);
      const isSilent = typeof property === 'object' && property.description === undefined;
      return [key, isSilent && description ? { ...property, description } : property] as const;
    });
    return { ...jsonSchema, properties: Object.fromEntries(described) };
  },
  overrideAction({ valibotAction, jsonSchema }) {
    const isForm = valibotAction.type === 'regex' && 'message' in valibotAction;
    if (!isForm || typeof valibotAction.message !== 'string') return jsonSchema;
    return { ...jsonSchema, patternErrorMessage: valibotAction.message };
  },
};

/** Tells the keys that a map at a path may have. @param values what the map has, which tells its kind from others */
export type KnownKeys = (
  path: YamlPath,
  values?: Readonly<Record<string, unknown>>,
) => readonly string[];

/** What is said of a value, also inside of what makes it optional. */
function descriptionOf(schema: v.GenericSchema): string | undefined {
  const own = v.getDescription(schema);
  if (own !== undefined || !('wrapped' in schema)) return own;
  // Valibot's schemas that wrap one have it there.
  return descriptionOf(schema.wrapped as v.GenericSchema);
}

/** Which keys a map at a path below `schema` may have; none where that is not known. */
export async function knownKeysOf(schema: StandardSchemaV1): Promise<KnownKeys> {
  const top = (await toJsonSchema(schema).catch(() => undefined)) as JsonSchema | undefined;
  return (path, values = {}) => {
    if (top === undefined) return [];
    let level = variantsOf(top, top);
    for (const key of path) {
      level = level.flatMap((each) => below(each, key)).flatMap((each) => variantsOf(each, top));
    }
    const kinds = level.filter((each) => isOfKind(each, values));
    const fitting = kinds.length > 0 ? kinds : level;
    return [...new Set(fitting.flatMap((each) => Object.keys(each.properties ?? {})))];
  };
}

/** Whether the values are those that a schema wants to the letter, and there is such a one. */
function isOfKind({ properties = {} }: JsonSchema, values: Readonly<Record<string, unknown>>) {
  const wanted = Object.entries(properties).filter(([, each]) => each.const !== undefined);
  const written = wanted.filter(([key]) => values[key] !== undefined);
  return written.length > 0 && written.every(([key, each]) => each.const === values[key]);
}

function below(schema: JsonSchema, key: string | number): readonly JsonSchema[] {
  const { properties, additionalProperties, items } = schema;
  const named = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
  const next = named ?? (typeof key === 'number' ? items : additionalProperties);
  return typeof next === 'object' ? [next] : [];
}

/** How many references to references are followed; a schema may refer to itself. */
const deepestReference = 8;

function variantsOf(
  schema: JsonSchema,
  top: JsonSchema,
  depth = deepestReference,
): readonly JsonSchema[] {
  const referred = schema.$ref === undefined ? undefined : referredTo(schema.$ref, top);
  const variants = [schema.anyOf, schema.oneOf, schema.allOf, referred && [referred]].flatMap(
    (each) => each ?? [],
  );
  if (depth === 0) return [schema];
  return [schema, ...variants.flatMap((each) => variantsOf(each, top, depth - 1))];
}

/** What a reference such as `#/$defs/0` means. */
function referredTo(reference: string, top: JsonSchema): JsonSchema | undefined {
  if (!reference.startsWith('#')) return undefined;
  let found: unknown = top;
  for (const part of reference.slice(1).split('/').filter(Boolean)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key);
    if (!isThere) return undefined;
    found = Object.entries(found as object).find(([name]) => name === key)?.[1];
  }
  // JSON Schema has schemas where references lead to.
  return found as JsonSchema;
}

/** A plugin and the texts by which `use:` may name it. */
interface DescribedPlugin {
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
async function toBotFileJsonSchema(plugins: readonly DescribedPlugin[]): Promise<object> {
  const { toJsonSchema: convert } = await import('@valibot/to-json-schema');
  const top = convert(botFileSchema, editorOptions);
  const entry = convert(entrySchema, editorOptions);
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
    properties: {
      ...top.properties,
      replies: { ...property(top, 'replies'), ...repliesSchema(plugins) },
      plugins: list,
    },
    definitions: Object.fromEntries(configs.map((config, index) => [nameOf(index), config])),
  };
}

/** Every sentence, with what it says unless the owner says otherwise. */
function repliesSchema(plugins: readonly DescribedPlugin[]): object {
  const all = allSentences(plugins.map(({ plugin }) => plugin));
  const properties = Object.fromEntries(
    Object.keys(all).map((key) => {
      const { text = '', about } = sentenceOf(all, key) ?? {};
      const names = namesOf(all, key).map((name) => `{${name}}`);
      const parts = [about, text === '' ? 'Says nothing.' : `Says: ${text}`];
      if (names.length > 0) parts.push(`Knows ${names.join(', ')}.`);
      return [key, { type: 'string', description: parts.filter(Boolean).join(' ') }];
    }),
  );
  return { properties, additionalProperties: false };
}

/** The schema of a plugin's config; what it refers to in itself is where it will be in the file. */
async function toConfigSchema({ plugin }: DescribedPlugin, index: number): Promise<object> {
  const title = `config of ${plugin.name}`;
  if (!plugin.config) return { title, type: 'null' };
  const schema: object = (await toJsonSchema(plugin.config)) ?? {};
  const { $schema: _, ...config } = { $schema: undefined, title, ...schema };
  return JSON.parse(JSON.stringify(config), (key, value: unknown) => {
    const isOwn = key === '$ref' && typeof value === 'string' && value.startsWith('#');
    return isOwn ? `#/definitions/${nameOf(index)}${value.slice(1)}` : forEditors(value);
  });
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
