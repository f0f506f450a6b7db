import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PluginPackage } from '../../src/verify/plugin-package.js';
import { readPluginPackage } from '../../src/verify/plugin-package.js';
import { checkPublishedFiles } from '../../src/verify/published-files.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;
let pack: PluginPackage;
beforeAll(async () => {
  folder = await makeBotFolder({
    'package.json': '{ "name": "pertybot-plugin-it", "version": "1.0.0" }',
    '.gitignore': 'dist/\n',
    'dist/index.js': '',
    'dist/index.d.ts': '',
    'src/index.ts': '',
  });
  pack = await readPluginPackage(folder.path, new AbortController().signal);
});
afterAll(() => folder.remove());

const exported = { types: './dist/index.d.ts', default: './dist/index.js' };

function check(changes: Partial<PluginPackage['manifest']>, files?: readonly string[]) {
  const manifest = { ...pack.manifest, ...changes };
  return checkPublishedFiles({ ...pack, manifest, ...(files && { files }) });
}

describe('checkPublishedFiles', () => {
  it('is content where all that package.json names is published', () => {
    const files = ['package.json', 'dist/index.js', 'dist/index.d.ts'];
    expect(
      check({ exports: { '.': exported, './package.json': './package.json' } }, files),
    ).toMatchObject({ level: 'ok', message: '3 files would be published.' });
    expect(check({ main: 'dist/index.js', types: 'dist/index.d.ts' }, files)).toMatchObject({
      level: 'ok',
    });
  });

  it('asks npm, which leaves out what git ignores', () => {
    expect(check({ exports: exported })).toMatchObject({
      level: 'error',
      message: 'npm would leave dist/index.d.ts, dist/index.js out of the package.',
      hint: 'Write into package.json: "files": ["dist"]',
    });
  });

  it('reports a file that is not there, and says to build it', () => {
    const missing = {
      level: 'error',
      message: 'package.json names dist/main.js, which is not there.',
    };
    expect(check({ exports: './dist/main.js' })).toMatchObject({
      ...missing,
      hint: 'Mend the path in package.json.',
    });
    expect(check({ main: 'dist/main.js', scripts: { build: 'tsc' } })).toMatchObject({
      ...missing,
      hint: 'Run: npm run build',
    });
  });

  it('reports that nothing is exported', () => {
    expect(check({})).toMatchObject({
      level: 'error',
      message: 'Neither "exports" nor "main" names a file.',
    });
  });

  it('warns where there are no types, and where npm does not tell', () => {
    expect(check({ exports: './dist/index.js' }, ['dist/index.js'])).toMatchObject({
      level: 'warning',
    });
    const untold = {
      ...pack,
      manifest: { ...pack.manifest, exports: exported },
      files: undefined,
      untold: 'npm was not found.',
    };
    expect(checkPublishedFiles(untold)).toMatchObject({
      level: 'warning',
      message: 'npm does not say what it would publish: npm was not found.',
    });
  });
});
