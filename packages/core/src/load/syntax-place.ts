import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Mirror } from './mirror-note.js';

const run = promisify(execFile);

/** Where a syntax error is, and the line itself. */
export interface SyntaxPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly source: string;
  readonly message: string;
}

/**
 * Finds the syntax error of a local plugin that Node could not import: an import does not say where
 * it is, `node --check` does. Copies have the lines of their originals.
 */
export async function findSyntaxError(mirror: Mirror): Promise<SyntaxPlace | undefined> {
  const root = mirror.main.slice(0, -(mirror.files[0]?.copy ?? '').length);
  for (const { file, copy } of mirror.files) {
    if (!/\.[cm]?[jt]s(\.mjs)?$/.test(copy)) continue;
    const place = await check(mirror.commonJs ? file : path.join(root, copy));
    if (place) return { ...place, file };
  }
  return undefined;
}

const report = /:(\d+)\n(.*)\n( *)\^+\n+SyntaxError: (.*)/;

async function check(file: string): Promise<Omit<SyntaxPlace, 'file'> | undefined> {
  try {
    await run(process.execPath, ['--check', file], { env: { ...process.env, NODE_OPTIONS: '' } });
    return undefined;
  } catch (error) {
    const output = typeof error === 'object' && error !== null && 'stderr' in error;
    const found = output ? report.exec(String(error.stderr)) : null;
    if (!found) return undefined;
    const [, line, source = '', indent = '', message = ''] = found;
    return { line: Number(line), column: indent.length + 1, source, message };
  }
}
