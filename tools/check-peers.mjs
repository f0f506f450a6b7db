// Holds the ranges that our packages state for each other against the versions in this checkout.
// `lerna version` raises dependencies but leaves peer ranges alone: without this, a release could
// refuse its own plugins.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import semver from 'semver';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

function readJson(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const manifests = readdirSync(path.join(root, 'packages')).map((folder) =>
  readJson(`packages/${folder}/package.json`),
);
const ours = new Map(manifests.map(({ name, version }) => [name, version]));
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

function faultsOf(manifest) {
  const faults = [];
  for (const kind of kinds) {
    for (const [name, range] of Object.entries(manifest[kind] ?? {})) {
      if (!ours.has(name)) continue;
      const version = ours.get(name);
      if (!semver.satisfies(version, range)) {
        faults.push(`${kind}: "${name}" is ${version}, which "${range}" does not cover.`);
      }
    }
  }
  const isPlugin = manifest.keywords?.includes('pertybot-plugin') ?? false;
  const asPeer = manifest.peerDependencies?.['@pertybot/core'] !== undefined;
  const asOwn = manifest.dependencies?.['@pertybot/core'] !== undefined;
  if (isPlugin && (asOwn || !asPeer)) {
    faults.push('"@pertybot/core" must be a peer dependency of a plugin, or a bot gets two of it.');
  }
  return faults;
}

const report = manifests.flatMap((manifest) =>
  faultsOf(manifest).map((fault) => `${manifest.name}: ${fault}`),
);
for (const line of report) console.error(line);
if (report.length > 0) process.exitCode = 1;
