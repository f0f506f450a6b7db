import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { YamlPath } from './config-error.js';

/**
 * What Standard Schema does not promise, but the libraries have: valibot `type`, `expected` and the
 * `issues` of a union's members; zod `code`, `keys` and the `errors` of a union's members.
 */
interface Details {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly expected?: unknown;
  readonly keys?: unknown;
  readonly issues?: unknown;
  readonly errors?: unknown;
}

type Issue = StandardSchemaV1.Issue;

/** Where below the checked value an issue is. */
export function pathOf(issue: Issue): YamlPath {
  return (issue.path ?? []).map((segment) => {
    const key = typeof segment === 'object' ? segment.key : segment;
    return typeof key === 'number' ? key : String(key);
  });
}

/** Whether an issue is about a key of the user's own, such as a name, and not about what stands behind it. */
export function isOfKey(issue: Issue): boolean {
  const last: unknown = issue.path?.at(-1);
  return typeof last === 'object' && last !== null && 'origin' in last && last.origin === 'key';
}

/** The keys that an issue says are unknown. */
export function unknownKeysOf(issue: Issue): readonly string[] {
  const { type, expected, keys } = detailsOf(issue);
  if (type === 'strict_object' && expected === 'never') return [String(pathOf(issue).at(-1))];
  return Array.isArray(keys) ? keys.map(String) : [];
}

/**
 * The issues that say the most: of a value that fits no member of a union, those inside of the member
 * that it resembles, such as a map with one wrong value; else the issue itself.
 */
export function deepestIssues(issue: Issue): readonly Issue[] {
  const { issues, errors } = detailsOf(issue);
  const inner = [issues, errors].flatMap(toIssues);
  // A member of another kind than the value fails at the value itself.
  const deeper = inner.filter((each) => pathOf(each).length > 0 || unknownKeysOf(each).length > 0);
  if (deeper.length === 0) return [issue];
  // Both libraries count the paths of a union's members from the union.
  const base = issue.path ?? [];
  return deeper.flatMap((each) =>
    deepestIssues({ ...each, path: [...base, ...(each.path ?? [])] }),
  );
}

/**
 * What was expected, in words; never what was received, which may be a secret.
 * @returns undefined when the issue does not say
 */
export function expectationOf(issue: Issue): string | undefined {
  const message = issue.message.trim().replace(/\.$/, '');
  const { expected } = detailsOf(issue);
  // A key that is missing: valibot expects the key itself.
  if (/^Invalid key: Expected /.test(message)) return undefined;
  if (/^Invalid /.test(message) && typeof expected === 'string') {
    return `expected ${inWords(expected)}`;
  }
  const withoutValue = message.replace(/[:,]? *(?:but )?received .*$/is, '').trim();
  const zod = /^Invalid input: expected (.+)$/i.exec(withoutValue);
  if (zod?.[1]) return `expected ${inWords(zod[1])}`;
  const options = /^Invalid option: expected one of (.+)$/i.exec(withoutValue);
  if (options?.[1]) return `expected ${inWords(options[1])}`;
  // Checks of a form say only which it is: "Invalid URL".
  const form = /^Invalid (.+)$/.exec(withoutValue);
  if (form?.[1]) return `expected a valid ${form[1]}`;
  return withoutValue === '' ? undefined : lowerFirst(withoutValue);
}

const words: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
};

function inWords(expected: string): string {
  return expected
    .replace(/^\((.*)\)$/, '$1')
    .split(/ *\| */)
    .map((part) => {
      const key = part.toLowerCase();
      return Object.hasOwn(words, key) ? words[key] : part.replace(/^[<>]=?/, boundInWords);
    })
    .join(' or ');
}

function boundInWords(sign: string): string {
  if (sign.endsWith('=')) return sign === '<=' ? 'at most ' : 'at least ';
  return sign === '<' ? 'less than ' : 'more than ';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** An edge: issues of the libraries carry more than the standard's two fields. */
function detailsOf(issue: Issue): Details {
  return issue as Details;
}

function toIssues(found: unknown): Issue[] {
  if (!Array.isArray(found)) return [];
  return found.flat().filter(isIssue);
}

function isIssue(value: unknown): value is Issue {
  return typeof value === 'object' && value !== null && 'message' in value;
}
