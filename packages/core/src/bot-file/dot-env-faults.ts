import { type ConfigProblem, mostProblems } from './config-error.js';

const assignment = /^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=\s*(.*)$/;
const named = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*(?::|$)/;

/**
 * The lines of a `.env` that set nothing, or something else than they say. Node passes them over without a word. What
 * stands on them is not shown: it may be a secret.
 */
export function dotEnvFaults(text: string): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length && problems.length < mostProblems; at++) {
    const line = lines[at] ?? '';
    if (/^\s*(?:#|$)/.test(line)) continue;
    const value = assignment.exec(line)?.[1];
    if (value === undefined) {
      problems.push(fault(at, line, ...describe(line)));
      continue;
    }
    const end = endOfQuotes(value, lines, at);
    if (end !== undefined) at = end;
    else
      problems.push(fault(at, line, 'these quotes are not closed', 'Close them, or write none.'));
  }
  return problems;
}

/** A name is shown where a colon, or nothing, follows it in the place of the `=`. */
function describe(line: string): readonly [message: string, hint: string] {
  const name = named.exec(line)?.[1];
  const isName = name !== undefined && /^[A-Z_][A-Z0-9_]*$/.test(name);
  const wanted = isName ? `${name}=…` : 'NAME=value';
  return [
    'this line sets no variable',
    `Write: ${wanted}, or begin the line with # for a comment.`,
  ];
}

/** A text in quotes may go on over lines. @returns the index of its last line; undefined where it has no end */
function endOfQuotes(value: string, lines: readonly string[], at: number): number | undefined {
  const sign = value.charAt(0);
  if (!['"', "'", '`'].includes(sign)) return at;
  if (value.indexOf(sign, 1) > 0) return at;
  const after = lines.slice(at + 1).findIndex((line) => line.includes(sign));
  if (after < 0) return undefined;
  // Another variable in between means that it was the next one's quotes that closed them.
  const within = lines.slice(at + 1, at + 1 + after + 1);
  return within.some((line) => /^\s*(?:export\s+)?[A-Z_][A-Z0-9_]*=[^=\s]/.test(line))
    ? undefined
    : at + 1 + after;
}

function fault(at: number, line: string, message: string, hint: string): ConfigProblem {
  const column = line.length - line.trimStart().length + 1;
  return { file: '.env', position: { line: at + 1, column }, text: '', message, hint };
}
