// A plugin as a stranger would publish it, packed. Its install script leaves a mark if it is run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { demand } from './shell.mjs';

const manifest = {
  name: 'pertybot-plugin-coin',
  version: '1.2.3',
  description: 'Flips a coin',
  license: 'MIT',
  type: 'module',
  keywords: ['pertybot-plugin'],
  exports: './index.js',
  scripts: { postinstall: "node -e \"require('fs').writeFileSync('mark', '')\"" },
  peerDependencies: { '@pertybot/core': '>=0.1.0 <1.0.0' },
};

const source = `import { definePlugin, v } from '@pertybot/core';

export default definePlugin({
  name: 'coin',
  about: 'Flips a coin',
  config: v.strictObject({ side: v.optional(v.string(), 'heads') }),
  start({ command }, { side }) {
    command('flip', { about: 'Flips a coin' }, async ({ reply }) => {
      await reply(\`It is \${side}.\`);
    });
  },
});
`;

/**
 * Packs the plugin.
 * @returns its name and tarball
 */
export function packFixturePlugin(folder) {
  const home = path.join(folder, 'coin');
  mkdirSync(home);
  writeFileSync(path.join(home, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(home, 'index.js'), source);
  writeFileSync(path.join(home, 'README.md'), '# coin\n');
  const words = ['pack', '--silent', '--pack-destination', folder];
  const { status, stdout, stderr } = spawnSync('npm', words, { cwd: home, encoding: 'utf8' });
  demand(status === 0, `The fixture plugin cannot be packed:\n${stderr}`);
  return { name: manifest.name, tarball: path.join(folder, stdout.trim()) };
}
