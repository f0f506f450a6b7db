// The next release, made and thrown away: `lerna version` in a clone that can push nowhere, and
// `npm publish --dry-run` of every package in it, against a registry that does not exist.
// usage: npm run test:release [-- --show]
//   --show   prints the changelog that the release would bring
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { demand, Failure } from './pack/shell.mjs';
import { checkPublished, publicAddress } from './published.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const work = mkdtempSync(path.join(tmpdir(), 'release-test-'));
const clone = path.join(work, 'clone');
const address = publicAddress();
const nowhere = 'http://127.0.0.1:9/';

function run(program, words, { cwd = clone, env = {} } = {}) {
  const options = { cwd, env: { ...process.env, ...env }, encoding: 'utf8', timeout: 300_000 };
  const { status, signal, stdout, stderr } = spawnSync(program, words, options);
  demand(
    status === 0,
    `"${[program, ...words].join(' ')}" ended with ${signal ?? status}:\n${stdout}${stderr}`,
  );
  return stdout;
}

function readJson(...names) {
  return JSON.parse(readFileSync(path.join(clone, ...names), 'utf8'));
}

/** A clone of what is committed, with what was built and installed beside it. */
function makeClone() {
  run('git', ['clone', '--quiet', '--no-hardlinks', root, clone], { cwd: work });
  const settings = {
    'user.name': 'release-test',
    'user.email': 'release-test@example.org',
    'commit.gpgsign': 'false',
    'tag.gpgsign': 'false',
    'remote.origin.url': `${address}.git`,
    'remote.origin.pushurl': 'nowhere',
  };
  for (const [key, value] of Object.entries(settings)) run('git', ['config', key, value]);
  run('git', ['checkout', '--quiet', '-B', 'main']);
  symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
  // Ignored is the folder; a link is none.
  appendFileSync(path.join(clone, '.git', 'info', 'exclude'), 'node_modules\n');
  const folders = readdirSync(path.join(clone, 'packages'));
  for (const folder of folders) {
    for (const made of ['lib', 'dist']) {
      const from = path.join(root, 'packages', folder, made);
      if (existsSync(from)) {
        cpSync(from, path.join(clone, 'packages', folder, made), { recursive: true });
      }
    }
  }
  return folders;
}

function checkChangelog(file, version) {
  const text = readFileSync(path.join(clone, file), 'utf8');
  demand(text.includes(version), `${file} does not tell of ${version}:\n${text.slice(0, 400)}`);
  const strays = [...text.matchAll(/\]\((https?:[^)]+)\)/g)]
    .map(([, url]) => url)
    .filter((url) => url.includes('/commit/') && !url.startsWith(`${address}/commit/`));
  demand(strays.length === 0, `${file} links to ${strays[0]}, which is not below ${address}.`);
}

/** Raises the versions and writes the changelogs. */
function raiseVersions(folders) {
  const before = readJson('lerna.json').version;
  const lerna = path.join(root, 'node_modules', '.bin', 'lerna');
  const env = { NX_DAEMON: 'false', CI: 'true', GIT_TERMINAL_PROMPT: '0' };
  run(lerna, ['version', '--no-push', '--yes'], { env });
  const { version } = readJson('lerna.json');
  demand(version !== before, `"lerna version" left the version at ${before}.`);
  const [title] = run('git', ['log', '-1', '--format=%s']).split('\n');
  demand(title === `chore(release): v${version}`, `The commit of the release says "${title}".`);
  const tags = run('git', ['tag', '--points-at', 'HEAD']).trim();
  demand(tags === `v${version}`, `The commit of the release is tagged "${tags}".`);
  checkChangelog('CHANGELOG.md', version);
  const raised = folders.filter((folder) => {
    if (readJson('packages', folder, 'package.json').version !== version) return false;
    checkChangelog(`packages/${folder}/CHANGELOG.md`, version);
    return true;
  });
  demand(raised.includes('cli'), 'A release does not raise "pertybot".');
  console.log(`  ${before} -> ${version}, ${raised.length} of ${folders.length} packages`);
  if (!process.argv.includes('--show')) return;
  console.log(readFileSync(path.join(clone, 'CHANGELOG.md'), 'utf8'));
}

/** What npm would have published of a package. */
function publish(folder) {
  const cwd = path.join(clone, 'packages', folder);
  const { name, version } = readJson('packages', folder, 'package.json');
  const unasked = ['--registry', nowhere, '--fetch-retries', '0'];
  const words = ['publish', '--dry-run', '--json', '--silent', ...unasked];
  const out = run('npm', words, { cwd });
  const said = JSON.parse(out.slice(out.indexOf('{')));
  const { id, size, entryCount } = said[name] ?? said;
  demand(id === `${name}@${version}`, `npm would publish "${id}" for ${name}@${version}.`);
  console.log(`  ${id}: ${entryCount} files, ${size} bytes`);
}

try {
  const folders = makeClone();
  console.log('lerna version');
  raiseVersions(folders);
  const faults = checkPublished({ root: clone });
  demand(faults.length === 0, faults.join('\n'));
  console.log('npm publish --dry-run');
  for (const folder of folders) publish(folder);
  const left = run('git', ['status', '--porcelain']).trim();
  demand(left === '', `A release leaves the checkout changed:\n${left}`);
  console.log('test:release passed');
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`\ntest:release failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
