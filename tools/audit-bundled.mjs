// Asks the registry for known vulnerabilities of what is joined into `lib/`, which `npm audit` cannot see, neither
// here nor where PertyBot is installed. Reads `lib/bundled.json` of each package: npm run build comes first.
// usage: node tools/audit-bundled.mjs [--must-answer]
//   --must-answer   a registry that cannot be asked is a failure too, as before a release
// Exits with 1 for an advisory that is high or critical.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const severe = new Set(['high', 'critical']);

/** What is joined in: `{ name, version, into }`, each version of a package once. */
function readBundled() {
  const found = new Map();
  for (const folder of readdirSync(path.join(root, 'packages'))) {
    const file = path.join(root, 'packages', folder, 'lib', 'bundled.json');
    for (const { name, version } of JSON.parse(readFileSync(file, 'utf8'))) {
      const key = `${name}@${version}`;
      const into = [...(found.get(key)?.into ?? []), folder];
      found.set(key, { name, version, into });
    }
  }
  return [...found.values()];
}

/** A lock file of exactly these packages; a second version of one stands below a folder of its own. */
function lockOf(bundled) {
  const packages = { '': { name: 'bundled', version: '0.0.0', dependencies: {} } };
  for (const [at, { name, version }] of bundled.entries()) {
    const isFirst = packages[`node_modules/${name}`] === undefined;
    const holder = `holder-${at}`;
    if (isFirst) {
      packages[''].dependencies[name] = version;
      packages[`node_modules/${name}`] = { version };
      continue;
    }
    packages[''].dependencies[holder] = '0.0.0';
    packages[`node_modules/${holder}`] = { version: '0.0.0', dependencies: { [name]: version } };
    packages[`node_modules/${holder}/node_modules/${name}`] = { version };
  }
  return { name: 'bundled', version: '0.0.0', lockfileVersion: 3, requires: true, packages };
}

/** What npm says of these packages, as `npm audit --json` says it. */
function audit(bundled) {
  const folder = mkdtempSync(path.join(tmpdir(), 'audit-bundled-'));
  try {
    const lock = lockOf(bundled);
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(lock.packages['']));
    writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
    const words = ['audit', '--json', '--package-lock-only', '--fetch-retries', '1'];
    const shell = process.platform === 'win32';
    const { stdout, error } = spawnSync('npm', words, { cwd: folder, encoding: 'utf8', shell });
    if (error) throw error;
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Titles and addresses of the advisories on one package. */
function advisoriesOf({ via }) {
  return via.filter((each) => typeof each === 'object').map(({ title, url }) => `${title} ${url}`);
}

const bundled = readBundled();
const report = audit(bundled);
if (report.vulnerabilities === undefined) {
  const [status] = /\b[45]\d\d [A-Z][\w ]+\w/.exec(report.message ?? '') ?? [];
  const why = status ?? (report.error?.code || 'no reason given');
  console.log(`NOT CHECKED: the registry does not answer npm audit (${why}).`);
  if (process.argv.includes('--must-answer')) process.exitCode = 1;
} else {
  const found = Object.values(report.vulnerabilities);
  for (const each of found) {
    const into = bundled.filter(({ name }) => name === each.name).flatMap((one) => one.into);
    const joined = into.length > 0 ? `, joined into ${into.join(', ')}` : '';
    console.log(`${each.name} (${each.severity}${joined}): ${advisoriesOf(each).join('; ')}`);
  }
  const bad = found.filter(({ severity }) => severe.has(severity));
  if (bad.length === 0) {
    console.log(`None of ${bundled.length} joined packages has a known severe vulnerability.`);
  } else {
    const names = bad.map(({ name }) => name).join(', ');
    console.error(`What is joined into lib/ is vulnerable: ${names}.`);
    console.error('docs/releasing.md says what is done: raise it, build, and release a fix.');
    process.exitCode = 1;
  }
}
