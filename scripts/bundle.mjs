// Joins the compiled modules of the package in the working directory into few files, from `dist/` into
// `lib/`: to read and link some hundred small modules is most of what the start of a bot takes, above all
// from an SD card. What the package depends on stays outside; what it has under devDependencies and
// uses comes in, with its licence. The entries are what the package exports, and those named here.
// usage: node ../../scripts/bundle.mjs [--alone file] [file or folder below dist/] …
//   --alone   gets a file that shares nothing with the others, so that it is read in one go
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { alone: { type: 'string' } },
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
    writeFileSync(file, text.includes('typeof require !==') ? requireOfNode + text : text);
  }
  return Object.keys(metafile.inputs);
}

/** The licences of the packages that came in. */
function licences(inputs) {
  const folders = inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} has no licence in its package.`);
    return `${name} ${version}\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
  });
}

rmSync('lib', { recursive: true, force: true });
const inputs = await join(entries(), { splitting: true, plugins: [leaveAlone] });
if (values.alone !== undefined) inputs.push(...(await join([values.alone], { splitting: false })));
const texts = licences(inputs);
if (texts.length > 0) writeFileSync('lib/LICENSES.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
