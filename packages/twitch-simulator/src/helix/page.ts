import { data, type HelixAnswer, refused } from './helix-answer.js';

/** How a list is cut into pages. */
export interface PageOptions {
  /** @default 20 */
  readonly usual?: number;
  /** @default 100 */
  readonly most?: number;
}

/** One page of a list, as `first` and `after` ask for it. */
export function page(
  list: readonly unknown[],
  query: URLSearchParams,
  { usual = 20, most = 100 }: PageOptions = {},
  more: Readonly<Record<string, unknown>> = {},
): HelixAnswer {
  const first = Number(query.get('first') ?? usual);
  if (!Number.isInteger(first) || first < 1 || first > most) {
    return refused(400, `The parameter "first" must be between 1 and ${most}`);
  }
  const start = readCursor(query.get('after'));
  if (start === undefined) return refused(400, 'The parameter "after" is malformed');
  const end = start + first;
  const pagination = end < list.length ? { cursor: toCursor(end) } : {};
  return data(list.slice(start, end), { ...more, pagination });
}

function toCursor(position: number): string {
  return Buffer.from(JSON.stringify({ b: null, a: { Offset: position } })).toString('base64url');
}

function readCursor(cursor: string | null): number | undefined {
  if (cursor === null || cursor === '') return 0;
  const position = /"Offset":(\d+)/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return position === undefined ? undefined : Number(position);
}
