// Joins the compiled modules of the package in the working directory into few files, from `dist/` into
// `lib/`: to read and link some hundred small modules is most of what the start of a bot takes, above all
// from an SD card. What the package depends on stays outside; what it has under devDependencies and
// uses comes in, with its licence. The entries are what the package exports, and those named here.
// usage: node ../../scripts/bundle.mjs [option] … [file or folder below dist/] …
//   --alone file           gets a file that shares nothing with the others, so that it is read in one go
//   --inside package       comes in, though the package depends on it
//   --instead package=file comes in as this file of it: its ES modules, or the part that is needed
//   --without package      is replaced by nothing: what comes in would load it, but never calls it
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { resolve } from 'import-meta-resolve';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    alone: { type: 'string', multiple: true, default: [] },
    inside: { type: 'string', multiple: true, default: [] },
    instead: { type: 'string', multiple: true, default: [] },
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
  const { type } = JSON.parse(readFileSync(path.join(packageOf(file), 'package.json'), 'utf8'));
  return file.endsWith('.cjs') || (file.endsWith('.js') && type !== 'module');
}

/** Folder of the package that a file belongs to. One below it may say of which kind its modules are. */
function packageOf(file) {
  const folder = path.dirname(file);
  const own = path.join(folder, 'package.json');
  const isPackage = existsSync(own) && JSON.parse(readFileSync(own, 'utf8')).name !== undefined;
  return isPackage ? folder : packageOf(folder);
}

/** CommonJS packages that come in require Node's own modules. */
const requireOfNode = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
`;

/** Joins `files` below `dist/`. @returns what went into them */
async function join(files, options) {
  const { metafile, outputFiles } = await build({
    entryPoints: files.map((file) => path.join('dist', file)),
    outdir: 'lib',
    outbase: 'dist',
    bundle: true,
    chunkNames: 'shared-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['es2015', 'module', 'main'],
    alias: otherFiles(),
    external: outside(),
    metafile: true,
    write: false,
    logLevel: 'warning',
    ...options,
  });
  for (const { path: file, text } of outputFiles) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text.includes('typeof require') ? requireOfNode + text : text);
  }
  return Object.keys(metafile.inputs);
}

/** The files that come in instead of what a package exports. */
function otherFiles() {
  const { resolve } = createRequire(path.resolve('package.json'));
  const pairs = values.instead.map((pair) => {
    const [name, file] = pair.split('=');
    return [name, path.join(packageOf(resolve(name)), file)];
  });
  return Object.fromEntries(pairs);
}

/** The licences of the packages that came in. */
function licences(inputs) {
  const folders = inputs.filter((file) => file.includes('node_modules')).map(packageOf);
  return [...new Set(folders)].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} has no licence in its package.`);
    return `${name} ${version}\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
  });
}

rmSync('lib', { recursive: true, force: true });
const plugins = [leaveAlone, leaveOut, requireCommonJs];
const inputs = await join(entries(), { splitting: true, plugins });
for (const file of values.alone) inputs.push(...(await join([file], { plugins })));
const texts = licences(inputs);
if (texts.length > 0) writeFileSync('lib/LICENSES.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
