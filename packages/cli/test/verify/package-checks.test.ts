import { describe, expect, it } from '@jest/globals';
import { checkPackage } from '../../src/verify/package-checks.js';
import type { PluginPackage } from '../../src/verify/plugin-package.js';

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
