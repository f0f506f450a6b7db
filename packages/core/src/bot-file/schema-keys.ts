import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as v from 'valibot';
import type { YamlPath } from './yaml-source.js';

/** The part of JSON Schema that tells which keys a map may have. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
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
  return convert(generic, { typeMode: 'input', errorMode: 'ignore' });
}

/** Which keys a map at a path below `schema` may have; none where that is not known. */
export async function knownKeysOf(
  schema: StandardSchemaV1,
): Promise<(path: YamlPath) => readonly string[]> {
  const top = (await toJsonSchema(schema).catch(() => undefined)) as JsonSchema | undefined;
  return (path) => {
    if (top === undefined) return [];
    let level = variantsOf(top, top);
    for (const key of path) {
      level = level.flatMap((each) => below(each, key)).flatMap((each) => variantsOf(each, top));
    }
    return [...new Set(level.flatMap((each) => Object.keys(each.properties ?? {})))];
  };
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
