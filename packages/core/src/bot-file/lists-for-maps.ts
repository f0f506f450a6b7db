import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ConfigProblem, YamlPath } from './config-error.js';
import { pathOf } from './schema-issue.js';
import type { SchemaPlace } from './schema-problems.js';

/** The part of valibot's schemas that tells what a value is made of. */
interface Shape {
  readonly type?: unknown;
  readonly wrapped?: Shape;
  readonly value?: Shape;
  readonly item?: Shape;
  readonly entries?: Readonly<Record<string, Shape>>;
}

/**
 * Where a value has a list in the place of a map. A list is an object too, with numbers for keys, and so passes for a
 * map of anything; only valibot's schemas can be looked into.
 */
export function listsForMaps(schema: StandardSchemaV1, value: unknown): readonly YamlPath[] {
  const isKnown = schema['~standard'].vendor === 'valibot';
  // The vendor says whose shape it has.
  return isKnown ? [...listsIn(schema as unknown as Shape, value, [])] : [];
}

function* listsIn(shape: Shape | undefined, value: unknown, path: YamlPath): Generator<YamlPath> {
  if (shape === undefined || typeof value !== 'object' || value === null) return;
  const { type, wrapped, value: each, item, entries } = shape;
  if (wrapped) yield* listsIn(wrapped, value, path);
  const isMap = type === 'record' || entries !== undefined;
  if (isMap && Array.isArray(value)) {
    yield path;
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const own = entries && Object.hasOwn(entries, key) ? entries[key] : undefined;
    const inner = own ?? (type === 'record' ? each : type === 'array' ? item : undefined);
    yield* listsIn(inner, child, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** The faults of such lists. @param lists where they stand, below the place */
export function toListProblems(
  lists: readonly YamlPath[],
  { source, path }: Pick<SchemaPlace, 'source' | 'path'>,
): readonly ConfigProblem[] {
  return lists.map((below) => ({
    file: source.file,
    position: source.position([...path, ...below]),
    message: `${below.join('.') || path.at(-1)}: expected a map, received a list`,
    hint: 'Write "name: …" on each line instead of a dash.',
  }));
}

/** The issues that are no consequence of such a list: what it holds was never meant for a map. */
export function outsideOf(
  lists: readonly YamlPath[],
  issues: readonly StandardSchemaV1.Issue[],
): readonly StandardSchemaV1.Issue[] {
  return issues.filter((issue) => {
    const path = pathOf(issue);
    return !lists.some((list) => list.every((key, index) => String(key) === String(path[index])));
  });
}
