import type { Siblings, YamlPlace } from './yaml-place.js';

/** The part of JSON Schema that tells what may be written. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** A word that may be written. */
export interface SchemaWord {
  readonly word: string;
  readonly about: string | undefined;
}

/** How many schemas within schemas are followed; one may refer to itself. */
const deepest = 12;

/** What a schema lets one write at a place: keys that are not there yet, or values. */
export function wordsAt(schema: JsonSchema, place: YamlPlace): readonly SchemaWord[] {
  let level: readonly JsonSchema[] = [schema];
  for (const { key, siblings } of place.steps) {
    level = level
      .flatMap((each) => fitting(each, schema, siblings))
      .flatMap((each) => below(each, key));
  }
  const here = level.flatMap((each) => fitting(each, schema, place.siblings));
  const found = new Map<string, string | undefined>();
  for (const each of here) {
    for (const [word, about] of place.kind === 'key' ? keysOf(each) : valuesOf(each)) {
      if (!(word in place.siblings) && found.get(word) === undefined) found.set(word, about);
    }
  }
  return [...found].map(([word, about]) => ({ word, about }));
}

type Word = readonly [word: string, about: string | undefined];

function keysOf({ properties = {} }: JsonSchema): readonly Word[] {
  return Object.entries(properties).map(([key, { description }]) => [key, description]);
}

function valuesOf(schema: JsonSchema): readonly Word[] {
  const { type, enum: choices = [], examples = [], description } = schema;
  const own = [...(schema.const === undefined ? [] : [schema.const]), ...choices, ...examples];
  const all = type === 'boolean' ? [...own, true, false] : own;
  return all
    .filter((value) => ['string', 'number', 'boolean'].includes(typeof value))
    .map((value) => [String(value), description]);
}

function below(schema: JsonSchema, key: string | undefined): readonly JsonSchema[] {
  const { properties = {}, additionalProperties, items } = schema;
  if (key === undefined) return typeof items === 'object' ? [items] : [];
  const named = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  return typeof named === 'object' ? [named] : [];
}

/** A schema and all of which it is made, but for those of another kind than what stands there. */
function fitting(
  schema: JsonSchema,
  top: JsonSchema,
  siblings: Siblings,
  depth = deepest,
): readonly JsonSchema[] {
  if (depth === 0) return [];
  const into = (each: JsonSchema) => fitting(each, top, siblings, depth - 1);
  const { $ref, anyOf = [], oneOf = [], allOf = [], if: condition, then: outcome } = schema;
  const referred = top.definitions?.[$ref?.replace('#/definitions/', '') ?? ''];
  const kinds = [...anyOf, ...oneOf].filter((each) => !isOther(resolved(each, top), siblings));
  const applies = condition !== undefined && outcome !== undefined && holds(condition, siblings);
  return [
    schema,
    ...(referred ? into(referred) : []),
    ...[...kinds, ...allOf].flatMap(into),
    ...(applies ? into(outcome) : []),
  ];
}

function resolved(schema: JsonSchema, top: JsonSchema): JsonSchema {
  return top.definitions?.[schema.$ref?.replace('#/definitions/', '') ?? ''] ?? schema;
}

/** Whether what stands there is none of a kind. */
function isOther({ properties = {} }: JsonSchema, siblings: Siblings): boolean {
  return Object.entries(properties).some(([key, each]) => {
    const value = siblings[key];
    return each.const !== undefined && value !== undefined && value !== '' && value !== each.const;
  });
}

function holds({ properties = {} }: JsonSchema, siblings: Siblings): boolean {
  return Object.entries(properties).every(([key, each]) => {
    const value = siblings[key];
    if (value === undefined) return false;
    return each.const === value || (each.enum?.includes(value) ?? false);
  });
}
