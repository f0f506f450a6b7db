// Installs what the lock file says and builds what changed, and says so on stderr. Does nothing when
// all is there: `npm start` and `npm test` call it each time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, 'node_modules', '.cache', 'pertybot', 'build');

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `PertyBot needs Node.js 20.19 or newer; this is ${process.versions.node}.\nInstall a newer one from https://nodejs.org and try again.`,
  );
}

/** Runs one of npm's commands; its output goes to stderr, since stdout belongs to the bot. */
function npm(args, what) {
  say(what);
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell });
  if (error) fail(`npm could not be run: ${error.message}`);
  if (status !== 0) fail(`"npm ${args.join(' ')}" failed. Mend what it says above and try again.`);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether node_modules holds what package-lock.json names. Optional packages may be absent. */
function isInstalled() {
  const wanted = readJson('package-lock.json')?.packages ?? {};
  const present = readJson('node_modules/.package-lock.json')?.packages;
  if (!present) return false;
  const same = (place) => {
    const { version, optional, peer, link, resolved } = wanted[place];
    if (link) return present[place]?.resolved === resolved && existsSync(path.join(root, place));
    if (!place.includes('node_modules/')) return true;
    if (present[place] === undefined) return Boolean(optional ?? peer);
    return present[place].version === version;
  };
  return Object.keys(wanted).every(same) && Object.keys(present).every((place) => place in wanted);
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
}

/** Names what was built: the lock file and every source that a build reads. */
function sourceHash() {
  const packages = readdirSync(path.join(root, 'packages')).map((name) =>
    path.join(root, 'packages', name),
  );
  const sources = packages.flatMap((folder) => [
    ...['package.json', 'tsconfig.json'].map((name) => path.join(folder, name)),
    ...['src', 'bin']
      .map((name) => path.join(folder, name))
      .filter(existsSync)
      .flatMap(filesBelow),
  ]);
  const shared = [
    'package-lock.json',
    'config/tsconfig.base.json',
    'tools/bundle-all.mjs',
    'tools/bundle.mjs',
    'tools/bundle/inside.mjs',
    'tools/bundle/page.mjs',
    'tools/bundle/parts.mjs',
    'tools/oclif-manifest.mjs',
  ];
  const hash = createHash('sha256').update(process.version);
  for (const file of [...shared.map((name) => path.join(root, name)), ...sources].sort()) {
    if (existsSync(file)) hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function isBuilt(hash) {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) return false;
  return readdirSync(path.join(root, 'packages')).every((name) =>
    existsSync(path.join(root, 'packages', name, 'lib')),
  );
}

checkNode();
if (!isInstalled()) npm(['ci', '--no-audit', '--no-fund'], 'Installing packages …');
const hash = sourceHash();
if (!isBuilt(hash)) {
  npm(['run', 'build', '--silent'], 'Building …');
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
