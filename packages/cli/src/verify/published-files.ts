import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Finding } from '@pertybot/core';
import { judge } from './package-checks.js';
import type { PluginPackage } from './plugin-package.js';

/** Looks at whether the files that package.json promises are there, and would be published. */
export function checkPublishedFiles(pack: PluginPackage): Finding {
  const { folder, manifest, files, untold } = pack;
  const subject = 'files';
  const entries = targetsOf(manifest.exports);
  const promised = [...entries, manifest.main, manifest.types].filter((path) => path !== undefined);
  const paths = [...new Set(promised.map((path) => posix.normalize(path)))];
  const missing = paths.filter((path) => !path.includes('*') && !existsSync(join(folder, path)));
  if (paths.length === 0) {
    const hint = 'Write into package.json: "exports": "./dist/index.js"';
    return { level: 'error', subject, message: 'Neither "exports" nor "main" names a file.', hint };
  }
  if (missing.length > 0) {
    const build =
      'build' in manifest.scripts ? 'Run: npm run build' : 'Mend the path in package.json.';
    const message = `package.json names ${missing.join(', ')}, which is not there.`;
    return { level: 'error', subject, message, hint: build };
  }
  if (files === undefined) {
    const message = `npm does not say what it would publish: ${untold}`;
    return { level: 'warning', subject, message };
  }
  const left = paths.filter((path) => !path.includes('*') && !files.includes(path));
  if (left.length > 0) {
    const hint = `Write into package.json: "files": ["${left[0]?.split('/')[0]}"]`;
    const message = `npm would leave ${left.join(', ')} out of the package.`;
    return { level: 'error', subject, message, hint };
  }
  const typed = manifest.types !== undefined || paths.some((path) => /\.d\.[cm]?ts$/.test(path));
  const untyped = {
    level: 'warning' as const,
    message: 'It brings no types for those who import from it.',
    hint: 'Write into package.json: "exports": { ".": { "types": "./dist/index.d.ts", "default": "./dist/index.js" } }',
  };
  return judge(subject, typed ? [] : [untyped], `${files.length} files would be published.`);
}

/** The files that `exports` of a package.json names. */
function targetsOf(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null) return [];
  return Object.values(exports).flatMap(targetsOf);
}
