/** Scalars of a map, as far as they stand there. */
export type Siblings = Readonly<Record<string, string>>;

/** A step from a map or list into what it holds: `siblings` are what the map has beside it. */
export interface Step {
  /** Undefined leads into a list. */
  readonly key: string | undefined;
  readonly siblings: Siblings;
}

/** Where somebody types. */
export interface YamlPlace {
  /** From the top of the file to the map, or to the value, that is typed. */
  readonly steps: readonly Step[];
  /** What the map has already, where a key is typed. */
  readonly siblings: Siblings;
  /** Whether a key is typed, or a value. */
  readonly kind: 'key' | 'value';
  /** Where the word begins that is typed. */
  readonly from: number;
}

interface Line {
  readonly dashes: readonly number[];
  /** Column at which its content begins. */
  readonly column: number;
  readonly key: string | undefined;
  /** What follows the colon. */
  readonly value: string;
  /** Column of that. */
  readonly valueAt: number;
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#{}[\],&*!|>'"-][^#{}[\],]*?)\s*:(?:\s+|$)/;

/**
 * Where in a YAML file somebody types, also while that is not whole. It knows maps and lists by their indentation,
 * and those in brackets on one line.
 */
export function placeIn(text: string, offset: number): YamlPlace | undefined {
  const before = text.slice(0, offset);
  const begin = before.lastIndexOf('\n') + 1;
  const typed = before.slice(begin);
  if (/(?:^|\s)#/.test(typed)) return undefined;
  const rows = text.split('\n').map(readLine);
  const row = before.split('\n').length - 1;
  const line = readLine(typed);
  const flow = line.key === undefined ? undefined : readFlow(typed, line);
  const rest = text.slice(offset).split('\n', 1)[0] ?? '';
  const word = /[\w.-]*$/.exec(typed)?.[0] ?? '';
  const from = offset - word.length;
  // Part of a text, or of something that nobody understands.
  if (line.key === undefined && typed.slice(line.column) !== word) return undefined;
  const steps = stepsTo(rows, row, line);
  const own = siblingsAt(rows, row, line.column);
  if (line.key === undefined) return { steps, siblings: own, kind: 'key', from };
  const into = [...steps, { key: line.key, siblings: own }];
  if (flow === undefined) return { steps: into, siblings: {}, kind: 'value', from };
  return { ...withinFlow(into, flow, rest), from };
}

function readLine(text: string): Line {
  let at = /^ */.exec(text)?.[0].length ?? 0;
  const dashes: number[] = [];
  while (/^-(?:\s|$)/.test(text.slice(at))) {
    dashes.push(at);
    at += 1 + (/^\s*/.exec(text.slice(at + 1))?.[0].length ?? 0);
  }
  const found = keyPattern.exec(text.slice(at));
  const valueAt = at + (found?.[0].length ?? 0);
  const key = found?.[1] === undefined ? undefined : unquoted(found[1]);
  const value = text.slice(valueAt).replace(/(?:^|\s)#.*$/, '');
  return { dashes, column: at, key, value: value.trim(), valueAt };
}

/** From the top to the map in which a line stands. */
function stepsTo(rows: readonly Line[], row: number, line: Line): readonly Step[] {
  const steps: Step[] = [];
  let limit = line.column;
  let isItem = false;
  const climb = (at: number, each: Line, isOwn: boolean) => {
    const isParent =
      each.key !== undefined && (each.column < limit || (isItem && each.column === limit));
    if (isParent && !isOwn) {
      steps.unshift({ key: each.key, siblings: siblingsAt(rows, at, each.column) });
      limit = each.column;
      isItem = false;
    }
    for (const dash of each.dashes.toReversed()) {
      if (dash >= limit) continue;
      steps.unshift({ key: undefined, siblings: {} });
      limit = dash;
      isItem = true;
    }
  };
  climb(row, line, true);
  for (let at = row - 1; at >= 0; at -= 1) {
    const each = rows[at];
    if (each) climb(at, each, false);
  }
  return steps;
}

/** What the map has whose keys stand in `column`, around a row. */
function siblingsAt(rows: readonly Line[], row: number, column: number): Siblings {
  const found: Record<string, string> = {};
  const look = (at: number): boolean => {
    const { key, value, column: own, dashes } = rows[at] ?? { column, dashes: [] };
    const isBlank = key === undefined && value === '' && dashes.length === 0;
    if (isBlank || own > column) return true;
    if (own < column) return false;
    if (key !== undefined) found[key] = unquoted(value ?? '');
    return true;
  };
  const startsItem = (at: number) => (rows[at]?.dashes ?? []).some((dash) => dash < column);
  let up = row;
  while (up >= 0 && look(up) && !(startsItem(up) && rows[up]?.column === column)) up -= 1;
  for (let at = row + 1; at < rows.length && !startsItem(at) && look(at); at += 1);
  return found;
}

interface Frame {
  readonly bracket: string;
  key: string | undefined;
  readonly values: Record<string, string>;
  word: string;
}

/** Brackets that are open at the end of a line; undefined where there are none. */
function readFlow(typed: string, line: Line): readonly Frame[] | undefined {
  const frames: Frame[] = [];
  for (const char of typed.slice(line.valueAt)) {
    const frame = frames.at(-1);
    if (char === '{' || char === '[') {
      frames.push({ bracket: char, key: undefined, values: {}, word: '' });
    } else if (char === '}' || char === ']') {
      frames.pop();
    } else if (frame === undefined) {
    } else if (char === ':') {
      frame.key = unquoted(frame.word);
      frame.word = '';
    } else if (char === ',') {
      if (frame.key !== undefined) frame.values[frame.key] = unquoted(frame.word);
      frame.key = undefined;
      frame.word = '';
    } else {
      frame.word += char;
    }
  }
  return frames.length > 0 ? frames : undefined;
}

function withinFlow(
  into: readonly Step[],
  frames: readonly Frame[],
  rest: string,
): Omit<YamlPlace, 'from'> {
  const steps = [...into];
  const later = Object.fromEntries(
    [...(rest.split(/[}\]]/, 1)[0] ?? '').matchAll(/([\w-]+)\s*:\s*([^,]*)/g)].map(
      ([, key = '', value = '']) => [key, unquoted(value)],
    ),
  );
  const last = frames.at(-1);
  for (const frame of frames.slice(0, -1)) {
    steps.push({ key: frame.bracket === '[' ? undefined : frame.key, siblings: frame.values });
  }
  const siblings = { ...later, ...last?.values };
  if (last?.bracket === '[')
    return { steps: [...steps, { key: undefined, siblings }], siblings: {}, kind: 'value' };
  if (last?.key === undefined) return { steps, siblings, kind: 'key' };
  return { steps: [...steps, { key: last.key, siblings }], siblings: {}, kind: 'value' };
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}
