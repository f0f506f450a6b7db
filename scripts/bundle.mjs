// Joins the compiled modules of the package in the working directory into few files, from `dist/` into
// `lib/`: to read and link some hundred small modules is most of what the start of a bot takes, above all
// from an SD card. What the package depends on stays outside; what it has under devDependencies and
// uses comes in, with its licence. The entries are what the package exports, and those named here.
// usage: node ../../scripts/bundle.mjs [--alone file] [--without package] [file or folder below dist/] …
//   --alone     gets a file that shares nothing with the others, so that it is read in one go
//   --without   is replaced by nothing: a package that what comes in would load, but never calls
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
  options: { alone: { type: 'string' }, without: { type: 'string' } },
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
  return names.flatMap((name) => [name, `${name}/*`]);
}

/** Leaves the import of the file that stands alone as it is. */
const leaveAlone = {
  name: 'leave-alone',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ path: name }) =>
      name === `./${values.alone}` ? { path: name, external: true } : undefined,
    );
  },
};

/** Puts nothing in the place of a package. */
const leaveOut = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name }) =>
      name === values.without ? { path: name, namespace: 'nothing' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/**
 * Requires packages outside that are CommonJS: to import one, Node would first go through its whole
 * source for what it exports.
 */
const requireCommonJs = {
  name: 'require-common-js',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === 'import-statement' && isOutside(name) && isCommonJs(name)
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

/** Folder of the package that a file belongs to. */
function packageOf(file) {
  const folder = path.dirname(file);
  return existsSync(path.join(folder, 'package.json')) ? folder : packageOf(folder);
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
if (values.alone !== undefined)
  inputs.push(...(await join([values.alone], { plugins: [leaveOut, requireCommonJs] })));
const texts = licences(inputs);
if (texts.length > 0) writeFileSync('lib/LICENSES.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
