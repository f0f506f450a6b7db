import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The package.json of a folder. */
export function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/**
 * Folder of the package that a file belongs to. One below it may say of which kind its modules are, or be a part
 * with a name of its own that nobody installs, such as `preact-hooks`.
 */
export function packageOf(file) {
  const folder = path.dirname(file);
  const manifest = existsSync(path.join(folder, 'package.json')) ? readManifest(folder) : {};
  const isPackage = manifest.name !== undefined && !isPart(folder);
  return isPackage ? folder : packageOf(folder);
}

/** Whether a folder lies below that of an installed package. */
function isPart(folder) {
  const [, below] =
    /.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+([\\/].*)?$/.exec(path.resolve(folder)) ?? [];
  return below !== undefined;
}

/**
 * The files that come in instead of what a package exports.
 * @param pairs `package=file`, as the bundler is told them
 */
export function otherFiles(pairs) {
  const { resolve } = createRequire(path.resolve('package.json'));
  const files = pairs.map((pair) => {
    const [name, file] = pair.split('=');
    const isNodes = file.startsWith('node:');
    return [name, isNodes ? file : path.join(packageOf(resolve(name)), file)];
  });
  return Object.fromEntries(files);
}

/** Folders of the packages that came in with these files. */
function packagesOf(inputs) {
  const folders = inputs.filter((file) => file.includes('node_modules')).map(packageOf);
  return [...new Set(folders)].sort();
}

/** Lists in `lib/bundled.json` what came in: `[{ "name", "version" }, …]`. */
export function writeBundled(inputs) {
  const listed = packagesOf(inputs).map((folder) => {
    const { name, version } = readManifest(folder);
    return { name, version };
  });
  mkdirSync('lib', { recursive: true });
  writeFileSync('lib/bundled.json', `${JSON.stringify(listed, undefined, 2)}\n`);
}

/** Writes the licences of what came in to `lib/LICENSES.txt`. */
export function writeLicences(inputs) {
  const texts = packagesOf(inputs).map((folder) => {
    const { name, version } = readManifest(folder);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} has no licence in its package.`);
    return `${name} ${version}\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
  });
  if (texts.length === 0) return;
  writeFileSync('lib/LICENSES.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
}
