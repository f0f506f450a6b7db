import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

interface Manifest {
  readonly name?: string;
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
}

const readJson = <Content>(...parts: string[]): Content =>
  JSON.parse(readFileSync(path.join(...parts), 'utf8'));

const { packages: locked } = readJson<{
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}>(packages, '..', 'package-lock.json');

/** Files below `lib/` of a package. */
const filesOf = (lib: string) =>
  readdirSync(lib, { recursive: true }).map((name) => path.join(lib, String(name)));

/** `name@version` of the package that a file belongs to. */
function packageOf(file: string): string {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (!existsSync(path.join(folder, 'package.json'))) continue;
    // A folder of a package may have a package.json of its own, without a version.
    const { name, version } = readJson<Partial<Manifest>>(folder, 'package.json');
    if (name !== undefined && version !== undefined) return `${name}@${version}`;
  }
}

describe.each(readdirSync(packages))('lib/ of %s', (name) => {
  const lib = path.join(packages, name, 'lib');
  const scripts = () => filesOf(lib).filter((file) => /\.c?js$/.test(file));

  it('lists in bundled.json exactly what its maps say is inside', () => {
    const sources = filesOf(lib)
      .filter((file) => file.endsWith('.map'))
      .flatMap((file) => {
        const map = readJson<{ readonly sources: readonly string[] }>(file);
        return map.sources.map((source) => path.resolve(path.dirname(file), source));
      });
    const inside = sources.filter((source) => source.includes('node_modules')).map(packageOf);
    const listed = readJson<readonly { name: string; version: string }[]>(lib, 'bundled.json');
    const named = listed.map((each) => `${each.name}@${each.version}`);
    expect([...new Set(inside)].filter((each) => !named.includes(each))).toEqual([]);
    const places = Object.entries(locked);
    const unknown = listed.filter(
      (each) =>
        !places.some(
          ([place, { version }]) =>
            place.endsWith(`node_modules/${each.name}`) && version === each.version,
        ),
    );
    expect(unknown).toEqual([]);
    const licences = path.join(lib, 'LICENSES.txt');
    const text = existsSync(licences) ? readFileSync(licences, 'utf8') : '';
    expect(listed.filter((each) => !text.includes(`${each.name} ${each.version}\n`))).toEqual([]);
  });

  it('leads from each file to its sources, and holds no text of them twice', () => {
    for (const file of scripts()) {
      const text = readFileSync(file, 'utf8');
      if (text.includes('await parts[')) continue;
      expect(text).toContain(`//# sourceMappingURL=${path.basename(file)}.map`);
      const map = readJson<{ sources: readonly string[]; sourcesContent?: unknown }>(`${file}.map`);
      expect(map.sourcesContent).toBeUndefined();
      const own = map.sources.filter((source) => !source.includes('node_modules'));
      const places = own.map((source) => path.resolve(path.dirname(file), source));
      const real = places.filter((place) => !/(?:apart|late|nothing|required):/.test(place));
      expect(
        real.filter((place) => !existsSync(place) && !/(?:%3C|<)\w+(?:%3E|>)$/.test(place)),
      ).toEqual([]);
    }
  });
});

describe('lib/ of the command', () => {
  it('has its parts in one file, beside those that start in one go', () => {
    const names = readdirSync(path.join(packages, 'cli', 'lib'), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.c?js$/.test(entry.name))
      .map((entry) => entry.name);
    expect(names.sort()).toEqual([
      'direct-start.js',
      'main.js',
      'pino.cjs',
      'shared.js',
      'yaml.cjs',
    ]);
  });
});
