// Bundles each package once those that it depends on are, two at a time, and says what fails. Each runs the script
// "bundle" of its package.json, without npm, which takes longer than the script.
// usage: node tools/bundle-all.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../packages/', import.meta.url));
const packages = new Map(
  readdirSync(folder).map((name) => {
    const manifest = JSON.parse(readFileSync(path.join(folder, name, 'package.json'), 'utf8'));
    return [manifest.name, { manifest, cwd: path.join(folder, name) }];
  }),
);

const begun = new Map();
let running = 0;
const waiting = [];

function bundle(name) {
  if (!begun.has(name)) begun.set(name, work(packages.get(name)));
  return begun.get(name);
}

async function work({ manifest, cwd }) {
  const { dependencies, peerDependencies, scripts } = manifest;
  const needed = Object.keys({ ...dependencies, ...peerDependencies });
  await Promise.all(needed.filter((name) => packages.has(name)).map(bundle));
  while (running === 2) await new Promise((resolve) => waiting.push(resolve));
  running += 1;
  await run(scripts.bundle, { manifest, cwd });
  running -= 1;
  waiting.shift()?.();
}

async function run(script, { manifest, cwd }) {
  const child = spawn(script, { cwd, shell: true, stdio: ['ignore', 2, 2] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`"${script}" of ${manifest.name} failed.`);
}

await Promise.all([...packages.keys()].map(bundle));
