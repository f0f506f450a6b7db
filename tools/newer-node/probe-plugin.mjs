// A plugin that reaches, while it is loaded, for what a plugin that is tried may not have, and tells what it got.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { demand } from '../pack/shell.mjs';

const manifest = {
  name: 'pertybot-plugin-probe',
  version: '1.0.0',
  description: 'Reaches for everything',
  license: 'MIT',
  type: 'module',
  keywords: ['pertybot-plugin'],
  exports: './index.js',
  peerDependencies: { '@pertybot/core': '>=0.1.0 <1.0.0' },
};

/** By their names in what it tells. */
const reaches = {
  'a file': "await fs.writeFile(new URL('./mark', import.meta.url), '')",
  'a process': "started(spawnSync(process.execPath, ['-e', '']))",
  'a thread': "new Worker('', { eval: true })",
  'the inspector': 'new Session().connect()',
};

const source = `import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { Session } from 'node:inspector';
import { Worker } from 'node:worker_threads';

const told = [];
const started = ({ error }) => { if (error) throw error; };
async function reach(name, way) {
  try {
    await way();
    told.push(name + ': had');
  } catch (error) {
    told.push(name + ': ' + (error.code === 'ERR_ACCESS_DENIED' ? 'denied' : error.message));
  }
}
${Object.entries(reaches)
  .map(([name, way]) => `await reach('${name}', async () => ${way});\n`)
  .join('')}
throw new Error(told.join(', '));
`;

/**
 * Packs the plugin.
 * @returns its tarball, and what it must not get
 */
export function packProbe(folder) {
  const home = path.join(folder, 'probe');
  mkdirSync(home);
  writeFileSync(path.join(home, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(home, 'index.js'), source);
  const words = ['pack', '--silent', '--pack-destination', folder];
  const { status, stdout, stderr } = spawnSync('npm', words, { cwd: home, encoding: 'utf8' });
  demand(status === 0, `The probe cannot be packed:\n${stderr}`);
  return { tarball: path.join(folder, stdout.trim()), forbidden: Object.keys(reaches) };
}
