// Links each script of bench/ without running it, so that one that asks a package for what it no longer has is found
// by `npm run check` and not by who wants a figure. What Node and the packages give is loaded, the scripts are not.
// usage: node --experimental-vm-modules tools/check-benches.mjs
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SourceTextModule, SyntheticModule } from 'node:vm';
import { resolve } from 'import-meta-resolve';

const bench = fileURLToPath(new URL('../bench/', import.meta.url));
const isScript = (file) => file.endsWith('.mjs') && !/\/(node_modules|\.pertybot)\//.test(file);
const modules = new Map();

/** The module at `url`: not run when it is a script of bench/. */
async function moduleAt(url) {
  if (url.startsWith(pathToFileURL(bench).href)) {
    const file = fileURLToPath(url);
    return new SourceTextModule(readFileSync(file, 'utf8'), { identifier: url });
  }
  const exported = await import(url);
  const names = Object.keys(exported);
  return new SyntheticModule(
    names,
    function () {
      for (const name of names) this.setExport(name, exported[name]);
    },
    { identifier: url },
  );
}

function link(specifier, { identifier }) {
  const url = resolve(specifier, identifier);
  if (!modules.has(url)) modules.set(url, moduleAt(url));
  return modules.get(url);
}

const scripts = readdirSync(bench, { recursive: true })
  .map((name) => path.join(bench, name))
  .filter(isScript);
const faults = [];
for (const file of scripts) {
  const url = pathToFileURL(file).href;
  try {
    const script = await link(url, { identifier: url });
    if (script.status === 'unlinked') await script.link(link);
  } catch (error) {
    faults.push(`${path.relative('.', file)}: ${error.message}`);
  }
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`${scripts.length} scripts of bench/ find what they import.`);
}
