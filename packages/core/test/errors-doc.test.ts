import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const sources = readdirSync(path.join(root, 'packages'))
  .map((name) => path.join(root, 'packages', name, 'src'))
  .flatMap((folder) => listSources(folder))
  .map((file) => ({ file: path.relative(root, file), text: readFileSync(file, 'utf8') }));

function listSources(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name));
  } catch {
    // A package that is being begun has no sources.
    return [];
  }
}

/** Each code of the `…ErrorCode` unions, and the file that declares it. */
const declared = new Map(
  sources.flatMap(({ file, text }) =>
    [...text.matchAll(/export type \w+ErrorCode\s*=([^;]*);/g)].flatMap(([, union = '']) =>
      [...union.matchAll(/'([A-Z][A-Z0-9_]*)'/g)].map(([, code = '']) => [code, file] as const),
    ),
  ),
);

/** Each code that an error is made with, as far as it is written beside it. */
const made = new Set(
  sources.flatMap(({ text }) =>
    [...text.matchAll(/new \w+Error\(\s*'([A-Z][A-Z0-9_]*)'/g)].map(([, code = '']) => code),
  ),
);

const documented = [
  ...readFileSync(path.join(root, 'docs/errors.md'), 'utf8').matchAll(
    /^\| `([A-Z][A-Z0-9_]*)` \|/gm,
  ),
].map(([, code = '']) => code);

describe('docs/errors.md', () => {
  it('has a row for every code', () => {
    const rows = new Set(documented);
    const missing = [...declared].filter(([code]) => !rows.has(code));
    expect(missing.map(([code, file]) => `${code} of ${file}`)).toEqual([]);
  });

  it('has no row for a code that there is not, and none twice', () => {
    expect(documented.filter((code) => !declared.has(code))).toEqual([]);
    expect(documented.filter((code, index) => documented.indexOf(code) !== index)).toEqual([]);
  });

  it('has what happened and what to do in each row', () => {
    const text = readFileSync(path.join(root, 'docs/errors.md'), 'utf8');
    for (const row of text.match(/^\| `[A-Z].*$/gm) ?? []) {
      const cells = row.split(/(?<!\\)\|/).slice(1, -1);
      expect(cells.map((cell) => cell.trim().length > 10)).toEqual([true, true, true]);
    }
  });
});

describe('the codes of errors', () => {
  it('are all declared in a union', () => {
    expect([...made].filter((code) => !declared.has(code))).toEqual([]);
  });

  it('are all used', () => {
    const unused = [...declared].filter(([code, declaring]) => {
      const elsewhere = sources.some(
        ({ file, text }) => file !== declaring && text.includes(`'${code}'`),
      );
      const uses = sources.find(({ file }) => file === declaring)?.text.split(`'${code}'`) ?? [];
      return !elsewhere && uses.length < 3;
    });
    expect(unused).toEqual([]);
  });
});
