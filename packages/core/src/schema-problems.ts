import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ConfigProblem } from './config-problem.js';
import { nearest } from './nearest.js';
import type { YamlPath, YamlSource } from './yaml-source.js';

/** A schema, where the value that it checks stands, and what may be written there. */
export interface SchemaPlace {
  readonly source: YamlSource;
  /** Where the value stands in the document. */
  readonly path: YamlPath;
  /** Keys that a map at this path below the value may have, for "did you mean". */
  readonly knownKeys: (path: YamlPath) => readonly string[];
}

/**
 * Turns the issues of a Standard Schema into faults with places. Values are shown as they are
 * written, so that a variable's value never appears.
 */
export function toProblems(
  issues: readonly StandardSchemaV1.Issue[],
  place: SchemaPlace,
): readonly ConfigProblem[] {
  return issues.map((issue) => toProblem(issue, place));
}

function toProblem(issue: StandardSchemaV1.Issue, place: SchemaPlace): ConfigProblem {
  const { source } = place;
  const below = pathOf(issue);
  const path = [...place.path, ...below];
  const name = below.join('.') || String(place.path.at(-1) ?? source.file);
  const unknown = unknownKeyOf(issue);
  if (unknown !== undefined) {
    const parent = below.at(-1) === unknown ? below.slice(0, -1) : below;
    const known = place.knownKeys(parent);
    const meant = nearest(unknown, known);
    return {
      file: source.file,
      position: source.keyPosition([...place.path, ...parent, unknown]),
      message: `${[...parent, unknown].join('.')}: unknown key "${unknown}"`,
      hint: meant
        ? `Did you mean "${meant}"?`
        : known.length > 0
          ? `Known keys: ${known.join(', ')}.`
          : undefined,
    };
  }
  if (source.node(path) === undefined && below.length > 0) {
    return {
      file: source.file,
      position: source.keyPosition(path.slice(0, -1)),
      message: `${name}: is missing, ${expectation(issue)}`,
    };
  }
  return {
    file: source.file,
    position: source.position(path),
    message: `${name}: ${expectation(issue)}, received ${source.written(path) ?? 'nothing'}`,
  };
}

function pathOf(issue: StandardSchemaV1.Issue): (string | number)[] {
  return (issue.path ?? []).map((segment) => {
    const key = typeof segment === 'object' ? segment.key : segment;
    return typeof key === 'number' ? key : String(key);
  });
}

/** What Standard Schema does not promise, but valibot (expected, received) and zod (keys) have. */
interface Details {
  readonly expected?: unknown;
  readonly received?: unknown;
  readonly keys?: unknown;
  readonly requirement?: unknown;
  readonly type?: unknown;
}

function unknownKeyOf(issue: StandardSchemaV1.Issue): string | undefined {
  // An edge: issues of other libraries carry more than the standard's two fields.
  const { type, expected, keys } = issue as Details;
  if (type === 'strict_object' && expected === 'never') return String(pathOf(issue).at(-1));
  if (Array.isArray(keys) && keys.length > 0) return String(keys[0]);
  return undefined;
}

function expectation(issue: StandardSchemaV1.Issue): string {
  const message = issue.message.trim();
  if (/^expected /i.test(message)) return lowerFirst(message);
  const { expected } = issue as Details;
  if (/^Invalid /.test(message) && typeof expected === 'string') {
    return `expected ${expected.replaceAll(' | ', ' or ').replace(/^\((.*)\)$/, '$1')}`;
  }
  const zod = /^Invalid input: (expected [^,]+)/.exec(message);
  if (zod?.[1]) return zod[1];
  return lowerFirst(message.replace(/\.$/, ''));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
