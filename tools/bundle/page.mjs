import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** What a page is made of that a browser loads as it is. */
const asItIs = /\.(?:html|svg|png)$/;

/**
 * Joins what a browser loads into `lib/page`: each `*main.tsx` of a folder with its styles, what is loaded late as
 * files of their own, and pages and pictures as they are.
 * @returns what went into it, by paths
 */
export async function bundlePage(folder) {
  const names = readdirSync(folder);
  const { metafile } = await build({
    entryPoints: names
      .filter((name) => name.endsWith('main.tsx'))
      .map((name) => path.join(folder, name)),
    outdir: 'lib/page',
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    format: 'esm',
    platform: 'browser',
    target: ['chrome111', 'firefox120', 'safari17'],
    chunkNames: 'late-[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    metafile: true,
    logLevel: 'warning',
  });
  for (const name of names.filter((each) => asItIs.test(each))) {
    cpSync(path.join(folder, name), path.join('lib/page', name));
  }
  return Object.keys(metafile.inputs);
}
