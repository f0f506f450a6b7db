// Joins the compiled modules of the package in the working directory into few files, from `dist/` into
// `lib/`: to read and link some hundred small modules is most of what the start of a bot takes, above all
// from an SD card. What the package depends on stays outside; what it has under devDependencies and
// uses comes in, with its licence, and is listed in `lib/bundled.json`: npm, which knows nothing of it, cannot
// audit it. Maps lead from each file to the sources. The entries are what the package exports, and those named.
// usage: node ../../tools/bundle.mjs [option] … [file or folder below dist/] …
//   --alone file           gets a file that shares nothing with the others, so that it is read in one go
//   --apart package        comes in as a file of its own, which is read once it is needed
//   --together             all entries but those are parts of one file, each run once it is asked for
//   --inside package       comes in, though the package depends on it
//   --instead package=file comes in as this file of it: its ES modules, or the part that is needed; or as what Node has of
//                          its own, such as node:stream
//   --page folder          what a browser loads is made of this folder, in lib/page
//   --script file          of bin/ is joined with all that it needs into one file of that name
//   --without package      is replaced by nothing: what comes in would load it, but never calls it
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { resolve } from 'import-meta-resolve';
import {
  otherFiles,
  packageOf,
  readManifest,
  writeBundled,
  writeLicences,
} from './bundle/inside.mjs';
import { narrow } from './bundle/narrow.mjs';
import { bundlePage } from './bundle/page.mjs';
import { writeParts } from './bundle/parts.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    alone: { type: 'string', multiple: true, default: [] },
    apart: { type: 'string', multiple: true, default: [] },
    together: { type: 'boolean', default: false },
    inside: { type: 'string', multiple: true, default: [] },
    instead: { type: 'string', multiple: true, default: [] },
    page: { type: 'string' },
    script: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', multiple: true, default: [] },
  },
});

/** Files below `dist/` that are to have a file of their own. */
function entries() {
  const exported = Object.values(manifest.exports).flatMap(({ default: file }) =>
    file === undefined ? [] : [path.relative('lib', file)],
  );
  const named = positionals.flatMap((name) => {
    if (!statSync(path.join('dist', name)).isDirectory()) return [name];
    const files = readdirSync(path.join('dist', name), { recursive: true });
    return files.filter((file) => file.endsWith('.js')).map((file) => path.join(name, file));
  });
  return [...exported, ...named];
}

/** What stays outside, with all that it exports. */
function outside() {
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  return names
    .filter((name) => !values.inside.includes(name))
    .flatMap((name) => [name, `${name}/*`]);
}

/** Leaves the import of a file that stands alone as it is. */
const leaveAlone = {
  name: 'leave-alone',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ path: name }) =>
      values.alone.includes(name.slice(2)) ? { path: name, external: true } : undefined,
    );
  },
};

/** Requires packages that stand apart from their files. */
const requireApart = {
  name: 'require-apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name }) =>
      values.apart.includes(name) ? { path: name, namespace: 'apart' } : undefined,
    );
    onResolve({ filter: /./, namespace: 'apart' }, ({ path: file }) => ({
      path: file,
      external: true,
    }));
    onLoad({ filter: /./, namespace: 'apart' }, ({ path: name }) => ({
      contents: `module.exports = require('./${fileOfApart(name)}');`,
    }));
  },
};

/** Imports what stays outside, and is no CommonJS, once what imports it is run: not with the first part. */
const importLate = {
  name: 'import-late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind, namespace }) =>
      kind === 'import-statement' && namespace !== 'late' && isOutside(name) && !isCommonJs(name)
        ? { path: name, namespace: 'late' }
        : undefined,
    );
    onResolve({ filter: /./, namespace: 'late' }, ({ path: name }) => ({
      path: name,
      external: true,
    }));
    onLoad({ filter: /./, namespace: 'late' }, async ({ path: name }) => {
      const module = await import(resolve(name, pathToFileURL(path.resolve('package.json')).href));
      const exported = Object.keys(module).map((each) =>
        each === 'default'
          ? 'export default late.default;\n'
          : `export const ${each} = late.${each};\n`,
      );
      return { contents: `const late = await import('${name}');\n${exported.join('')}` };
    });
  },
};

/** Puts nothing in the place of a package. */
const leaveOut = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name }) =>
      values.without.includes(name) ? { path: name, namespace: 'nothing' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/**
 * Requires packages outside that are CommonJS: to import one, Node would first go through its whole
 * source for what it exports. So, too, with `node:process`, of which it would read each member.
 */
const requireCommonJs = {
  name: 'require-common-js',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === 'import-statement' &&
      (name === 'node:process' || (isOutside(name) && isCommonJs(name)))
        ? { path: name, namespace: 'required' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path: name }) => ({
      contents: `module.exports = require(${JSON.stringify(name)});`,
    }));
  },
};

/** File below `lib/` of a package that stands apart. */
function fileOfApart(name) {
  return `${name.replace(/\W+/g, '-')}.cjs`;
}

function isOutside(name) {
  return outside().some(
    (each) => name === each || (each.endsWith('/*') && name.startsWith(each.slice(0, -1))),
  );
}

/** Whether `import` and `require` lead to the same CommonJS file. */
function isCommonJs(name) {
  const here = path.resolve('package.json');
  const file = createRequire(here).resolve(name);
  if (resolve(name, pathToFileURL(here).href) !== pathToFileURL(file).href) return false;
  const { type } = readManifest(packageOf(file));
  return file.endsWith('.cjs') || (file.endsWith('.js') && type !== 'module');
}

/** CommonJS packages that come in require Node's own modules. */
const requireOfNode = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
`;

/** Joins what `entry` names. @returns what went into it, by paths */
async function join(entry) {
  const { metafile, outputFiles } = await build({
    outdir: 'lib',
    outbase: 'dist',
    bundle: true,
    chunkNames: 'shared-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['es2015', 'module', 'main'],
    alias: otherFiles(values.instead),
    external: outside(),
    plugins,
    metafile: true,
    write: false,
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    ...entry,
  });
  const texts = new Map(outputFiles.map(({ path: file, text }) => [file, text]));
  for (const [file, text] of texts) {
    const isModule = !/\.cjs(\.map)?$/.test(file);
    const isPrefixed =
      isModule && (texts.get(file.replace(/\.map$/, '')) ?? text).includes('typeof require');
    mkdirSync(path.dirname(file), { recursive: true });
    const written = file.endsWith('.map') ? text : narrow(text);
    writeFileSync(file, isPrefixed ? prefix(file, written) : written);
  }
  return Object.keys(metafile.inputs);
}

/** Puts {@link requireOfNode} before a text, or as many lines before the map of one. */
function prefix(file, text) {
  if (!file.endsWith('.map')) return requireOfNode + text;
  const map = JSON.parse(text);
  const lines = requireOfNode.replaceAll(/[^\n]/g, '').replaceAll('\n', ';');
  return JSON.stringify({ ...map, mappings: lines + map.mappings });
}

/** Tells esbuild of a package that stands apart. */
function apart(name) {
  return {
    stdin: { contents: `module.exports = require(${JSON.stringify(name)});`, resolveDir: '.' },
    outdir: undefined,
    outbase: undefined,
    outfile: path.join('lib', fileOfApart(name)),
    format: 'cjs',
    plugins: [leaveOut],
  };
}

/** Tells esbuild of a script, whose lines nobody looks up. */
function scriptOf(name) {
  return {
    entryPoints: [path.join('bin', name)],
    outbase: 'bin',
    outExtension: { '.js': '.mjs' },
    sourcemap: false,
    minify: true,
  };
}

const plugins = [leaveAlone, leaveOut, requireCommonJs];
const files = (names) => names.map((name) => path.join('dist', name));

rmSync('lib', { recursive: true, force: true });
const shared = entries();
const inputs = values.together
  ? await join({ ...(await writeParts(shared)), plugins: [requireApart, importLate, ...plugins] })
  : await join({ entryPoints: files(shared), splitting: true });
for (const name of values.apart) inputs.push(...(await join(apart(name))));
for (const name of values.alone) {
  inputs.push(...(await join({ entryPoints: files([name]), plugins: [importLate, ...plugins] })));
}
for (const name of values.script) inputs.push(...(await join(scriptOf(name))));
if (values.page !== undefined) inputs.push(...(await bundlePage(values.page)));
writeBundled(inputs);
writeLicences(inputs);
