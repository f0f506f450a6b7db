import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { packageTemplate } from '../../src/create/package-template.js';

const files = packageTemplate({ name: 'party-lights', version: '2.3.4', year: 2026 });
const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';

describe('a new package', () => {
  const manifest = JSON.parse(textOf('package.json'));

  it('is named so that registries and bots find it', () => {
    expect(manifest.name).toBe('pertybot-plugin-party-lights');
    expect(manifest.keywords).toContain('pertybot-plugin');
    expect(manifest.pertybot).toEqual({ provides: [], needs: [], commands: ['party-lights'] });
  });

  it('takes the core of its bot, up to the next major version', () => {
    expect(manifest.peerDependencies).toEqual({ '@pertybot/core': '>=2.3.4 <3.0.0' });
    expect(manifest.dependencies).toBeUndefined();
  });

  it('runs nothing when it is installed', () => {
    expect(Object.keys(manifest.scripts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
    );
  });

  it('publishes what it exports, and what is built from its source', () => {
    const { types, default: entry } = manifest.exports['.'];
    for (const path of [types, entry]) expect(path).toMatch(/^\.\/dist\/index\./);
    expect(manifest.files).toEqual(['dist']);
    expect(textOf('src/index.ts')).toContain("name: 'party-lights'");
    expect(textOf('.gitignore').split('\n')).toContain('dist/');
  });

  it('has files that can be read', () => {
    expect(() => JSON.parse(textOf('tsconfig.json'))).not.toThrow();
    expect(parse(textOf('.github/workflows/ci.yml'))).toHaveProperty('jobs');
    expect(textOf('LICENSE')).toContain('2026');
    expect(textOf('test/party-lights.test.js')).toContain('startTestBot');
    expect(textOf('README.md')).toContain('party-lights');
  });
});
