import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isMap, isScalar } from 'yaml';
import { nearest } from '../contracts/nearest.js';
import { type ConfigProblem, mostProblems, type YamlPath } from './config-error.js';
import type { KnownKeys } from './json-schema.js';
import { hintForMeant } from './meant-value.js';
import { deepestIssues, expectationOf, isOfKey, pathOf, unknownKeysOf } from './schema-issue.js';
import { keyOf, type YamlSource } from './yaml-source.js';

/** A schema, where the value that it checks stands, and what may be written there. */
export interface SchemaPlace {
  readonly source: YamlSource;
  /** Where the value stands in the document. */
  readonly path: YamlPath;
  /** Keys that a map at this path below the value may have, for "did you mean". */
  readonly knownKeys: KnownKeys;
}

/**
 * Turns the issues of a Standard Schema into faults with places. Values are shown as they are
 * written, so that a variable's value never appears.
 */
export function toProblems(
  issues: readonly StandardSchemaV1.Issue[],
  place: SchemaPlace,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const issue of issues) {
    for (const deepest of deepestIssues(issue)) {
      if (problems.length >= mostProblems) return problems;
      for (const problem of problemsOf(deepest, place)) {
        // Each member of a union tells of the same key.
        if (!problems.some((each) => isSame(each, problem))) problems.push(problem);
      }
    }
  }
  return problems.slice(0, mostProblems);
}

function isSame(some: ConfigProblem, other: ConfigProblem): boolean {
  const { line, column } = some.position;
  const isThere = other.position.line === line && other.position.column === column;
  return isThere && some.message === other.message;
}

function problemsOf(issue: StandardSchemaV1.Issue, place: SchemaPlace): readonly ConfigProblem[] {
  const unknown = unknownKeysOf(issue).slice(0, mostProblems);
  if (unknown.length === 0) return [toProblem(issue, place)];
  const below = pathOf(issue);
  const parent = below.at(-1) === unknown[0] ? below.slice(0, -1) : below;
  const map = place.source.node([...place.path, ...parent]);
  const known = place.knownKeys(parent, valuesOf(map));
  const all = new Set([...unknown, ...otherUnknown(map, known)]);
  return [...all].slice(0, mostProblems).map((key) => toUnknownKey(key, { parent, known, place }));
}

/** A schema may stop at the first key that it does not know; whoever mistypes one mistypes two. */
function otherUnknown(map: unknown, known: readonly string[]): readonly string[] {
  if (known.length === 0 || !isMap(map)) return [];
  return map.items.flatMap(({ key }) => {
    const name = keyOf(key);
    return typeof name === 'string' && !known.includes(name) ? [name] : [];
  });
}

/** The map that has a key which nobody knows. */
interface UnknownPlace {
  readonly parent: YamlPath;
  readonly known: readonly string[];
  readonly place: SchemaPlace;
}

function toUnknownKey(key: string, { parent, known, place }: UnknownPlace): ConfigProblem {
  const { source, path } = place;
  const meant = nearest(key, known);
  const list = known.length > 0 ? `Known keys: ${known.join(', ')}.` : undefined;
  return {
    file: source.file,
    position: source.keyPosition([...path, ...parent, key]),
    message: `${[...parent, key].join('.')}: unknown key "${key}"`,
    hint: meant ? `Did you mean "${meant}"?` : list,
  };
}

/** The plain values of a map, by key. */
function valuesOf(map: unknown): Readonly<Record<string, unknown>> {
  if (!isMap(map)) return {};
  return Object.fromEntries(
    map.items.flatMap(({ key, value }) =>
      isScalar(value) ? [[String(keyOf(key)), value.value] as const] : [],
    ),
  );
}

function toProblem(issue: StandardSchemaV1.Issue, place: SchemaPlace): ConfigProblem {
  const { source } = place;
  const { file } = source;
  const below = pathOf(issue);
  const path = [...place.path, ...below];
  const name = below.join('.') || String(place.path.at(-1) ?? file);
  const expectation = expectationOf(issue);
  if (below.length > 0 && source.node(path) === undefined) {
    const position = source.keyPosition(path.slice(0, -1));
    const said = expectation ? `, ${expectation}` : '';
    // Somebody who writes no config at all does not know where it goes.
    const isBare = place.path.at(-1) === 'config' && source.node(place.path) === undefined;
    const hint =
      isBare && below.length === 1 ? `Write below it: config: { ${name}: … }` : undefined;
    return { file, position, message: `${name}: is missing${said}`, ...(hint && { hint }) };
  }
  const said = expectation ?? 'is wrong';
  const received = isOfKey(issue) ? `"${below.at(-1)}"` : (source.written(path) ?? 'nothing');
  return {
    file,
    position: source.position(path),
    message: `${name}: ${said}, received ${received}`,
    hint: hintForMeant(source, path, expectation),
  };
}
