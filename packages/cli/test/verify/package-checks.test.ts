import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkFacts, checkPackage, checkPublishedFiles } from '../../src/verify/package-checks.js';
import { type PluginPackage, readPluginPackage } from '../../src/verify/plugin-package.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

type Manifest = PluginPackage['manifest'];

const sound: Manifest = {
  name: 'pertybot-plugin-it',
  license: 'MIT',
  keywords: ['pertybot-plugin'],
  main: undefined,
  types: undefined,
  exports: './index.js',
  engines: { node: '>=20.19.0' },
  dependencies: {},
  optionalDependencies: {},
  peerDependencies: { '@pertybot/core': '>=0.1.0 <1.0.0' },
  scripts: {},
  gypfile: undefined,
  pertybot: undefined,
};
const allFiles = ['package.json', 'README.md', 'LICENSE', 'index.js'];

async function faultsOf(changes: Partial<Manifest>, files: readonly string[] = allFiles) {
  const manifest: Manifest = { ...sound, ...changes };
  const findings = await checkPackage({ folder: '/nowhere', manifest, files });
  return findings
    .filter(({ level }) => level !== 'ok')
    .map(({ level, subject, message }) => [level, subject, message]);
}

describe('checkPackage', () => {
  it('is content with a sound package', async () => {
    expect(await faultsOf({})).toEqual([]);
    expect(await faultsOf({ name: '@me/lights' })).toEqual([]);
  });

  it.each<[string, Partial<Manifest>, string, string, string]>([
    [
      'another name',
      { name: 'lights' },
      'error',
      'package',
      'A bot cannot name a package "lights".',
    ],
    [
      'no keyword',
      { keywords: ['twitch'] },
      'error',
      'keyword',
      'Its keywords lack "pertybot-plugin", so "plugins search" cannot find it.',
    ],
    [
      'no licence',
      { license: undefined },
      'error',
      'licence',
      'Nobody may use it: it names no licence.',
    ],
    [
      'core of its own',
      { dependencies: { '@pertybot/core': '0.1.0' } },
      'error',
      'core',
      'Its dependencies would bring a second copy of @pertybot/core.',
    ],
    [
      'tsyringe of its own',
      { optionalDependencies: { tsyringe: '4' } },
      'error',
      'core',
      'It names tsyringe, of which core has a copy inside.',
    ],
    [
      'reflect-metadata of its own',
      { dependencies: { 'reflect-metadata': '0.2' } },
      'error',
      'core',
      'It names reflect-metadata, of which core has a copy inside.',
    ],
    [
      'no core at all',
      { peerDependencies: {} },
      'error',
      'core',
      'Its peerDependencies lack @pertybot/core.',
    ],
    [
      'another core',
      { peerDependencies: { '@pertybot/core': '^3.0.0' } },
      'error',
      'core',
      'It does not take this core: "^3.0.0" leaves 0.1.0 out.',
    ],
    [
      'a narrow range',
      { peerDependencies: { '@pertybot/core': '^0.1.0' } },
      'warning',
      'core',
      '"^0.1.0" leaves the next minor version of core out.',
    ],
    ['no engines', { engines: {} }, 'warning', 'node', 'It does not say which Node it runs with.'],
    [
      'an install script',
      { scripts: { preinstall: 'x' } },
      'error',
      'scripts',
      'It wants to run preinstall when it is installed.',
    ],
    [
      'something to compile',
      { gypfile: true },
      'error',
      'scripts',
      'It wants to run install when it is installed.',
    ],
  ])('reports %s', async (_, changes, level, subject, message) => {
    expect(await faultsOf(changes)).toEqual([[level, subject, message]]);
  });

  it('reports what npm would not publish', async () => {
    expect(await faultsOf({}, ['package.json', 'LICENSE'])).toEqual([
      ['error', 'readme', 'It has no README.'],
    ]);
    expect(await faultsOf({}, ['package.json', 'README.md'])).toEqual([
      ['warning', 'licence', 'The text of its licence is missing.'],
    ]);
  });
});

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

const found = { provides: ['Weather'], needs: ['Gpio'], commands: ['sun', 'rain'] };

describe('checkFacts', () => {
  it('takes what is true, in any order', () => {
    expect(checkFacts({ ...found, commands: ['rain', 'sun'] }, found)).toMatchObject({
      level: 'ok',
    });
    expect(checkFacts({}, { provides: [], needs: [], commands: [] })).toMatchObject({
      level: 'ok',
    });
  });

  it('says what is wrong, and what is right', () => {
    expect(
      checkFacts({ provides: ['Weather'], needs: [], commands: ['sun'] }, found),
    ).toMatchObject({
      level: 'error',
      message: 'The field "pertybot" of package.json is wrong about needs, commands.',
      hint: 'Write into package.json: "pertybot": { "provides": ["Weather"], "needs": ["Gpio"], "commands": ["sun", "rain"] }',
    });
  });

  it.each([[undefined], ['a plugin'], [{ needs: 'Gpio' }]])(
    'misses it where there is %j',
    (stated) => {
      expect(checkFacts(stated, found)).toMatchObject({
        level: 'error',
        message: expect.stringContaining('is missing'),
      });
    },
  );

  it('does not judge the commands of a plugin that was not started', () => {
    const { commands: _, ...known } = found;
    expect(checkFacts({ ...known, commands: ['storm'] }, known)).toMatchObject({ level: 'ok' });
  });
});
