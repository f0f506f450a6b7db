import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const packages = path.join(__dirname, '..', '..', 'packages');

/** Packages whose types the declarations of `entry` name, however deep. */
function namedPackages(entry: string): ReadonlySet<string> {
  const named = new Set<string>();
  const seen = new Set<string>();
  const todo = [entry];
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, from, dynamic] of text.matchAll(/from '([^']+)'|import\("([^"]+)"\)/g)) {
      const name = from ?? dynamic ?? '';
      const other = path.join(path.dirname(file), name).replace(/\.js$/, '.d.ts');
      if (name.startsWith('.')) todo.push(other);
      else named.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  }
  return named;
}

describe('the declarations of a package', () => {
  it.each(readdirSync(packages))('of "%s" name no types that its owner does not get', (name) => {
    const folder = path.join(packages, name);
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const { dependencies = {}, peerDependencies = {}, exports = {} } = manifest;
    const entries = Object.values<{ types?: string } | string>(exports).flatMap((each) =>
      typeof each === 'object' && each.types !== undefined ? [path.join(folder, each.types)] : [],
    );
    for (const entry of entries) {
      expect(existsSync(entry)).toBe(true);
      const foreign = [...namedPackages(entry)].filter(
        (each) =>
          !each.startsWith('node:') && !(each in dependencies) && !(each in peerDependencies),
      );
      expect({ entry, foreign }).toEqual({ entry, foreign: [] });
    }
  });
});
