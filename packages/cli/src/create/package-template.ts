import type { TemplateFile } from '../bot-folder/write-files.js';
import { pluginSource } from './new-plugin.js';

/** What a new package is made of. */
export interface NewPackage {
  /** Of the plugin, without `pertybot-plugin-`. */
  readonly name: string;
  /** Of PertyBot. */
  readonly version: string;
  /** For its licence. */
  readonly year: number;
}

/** The files of a package with one plugin: built, tested, verified and ready to be published. */
export function packageTemplate({ name, version, year }: NewPackage): readonly TemplateFile[] {
  return [
    { path: 'package.json', text: packageJson(name, version) },
    { path: 'src/index.ts', text: pluginSource(name) },
    { path: `test/${name}.test.js`, text: test(name) },
    { path: 'tsconfig.json', text: tsconfig },
    { path: 'README.md', text: readme(name) },
    { path: 'LICENSE', text: licence(name, year) },
    { path: '.gitignore', text: 'node_modules/\ndist/\n*.tgz\n' },
    { path: '.github/workflows/ci.yml', text: workflow },
  ];
}

function packageJson(name: string, version: string): string {
  const nextMajor = Number(version.split('.')[0]) + 1;
  const core = `>=${version} <${nextMajor}.0.0`;
  const manifest = {
    name: `pertybot-plugin-${name}`,
    version: '0.1.0',
    description: 'Rolls dice in Twitch chat, a plugin for PertyBot',
    keywords: ['pertybot-plugin', 'twitch'],
    license: 'MIT',
    type: 'module',
    engines: { node: '>=20.19.0' },
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist'],
    scripts: {
      build: 'tsc',
      test: 'tsc && node --test',
      verify: 'pertybot plugins verify',
      prepack: 'tsc',
      prepublishOnly: 'npm test && npm run verify',
    },
    pertybot: { provides: [], needs: [], commands: [name] },
    peerDependencies: { '@pertybot/core': core },
    devDependencies: {
      '@pertybot/core': core,
      '@types/node': '^20.19.0',
      pertybot: core,
      typescript: '^6.0.0',
    },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function test(name: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestBot } from '@pertybot/core/testing';
import plugin from 'pertybot-plugin-${name}';

test('rolls as many dice as are asked for', async () => {
  const bot = await startTestBot([plugin]);
  await bot.hear('!${name} 3', { as: 'Alice' });
  assert.match(bot.replies[0], /^Alice rolls [1-6], [1-6], [1-6]$/);
  await bot.stop();
});

test('rolls again after five seconds', async () => {
  const bot = await startTestBot([plugin]);
  await bot.hear('!${name}', { as: 'Alice' });
  await bot.hear('!${name}', { as: 'Alice' });
  assert.equal(bot.refusals[0]?.reason, 'cooldown');
  // The clock of a test stands still until it is moved.
  await bot.clock.advance('5s');
  await bot.hear('!${name}', { as: 'Alice' });
  assert.equal(bot.refusals.length, 1);
  await bot.stop();
});

test('takes dice with other sides, and no option that it does not know', async () => {
  const bot = await startTestBot([{ plugin, config: { sides: 2 } }]);
  await bot.hear('!${name} 5', { as: 'Alice' });
  assert.match(bot.replies[0], /^Alice rolls [12](?:, [12]){4}$/);
  await bot.stop();
  await assert.rejects(startTestBot([{ plugin, config: { sids: 2 } }]), /unknown key "sids"/);
});
`;
}

const tsconfig = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023'],
      module: 'node20',
      types: ['node'],
      rootDir: 'src',
      outDir: 'dist',
      declaration: true,
      strict: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
    },
    include: ['src'],
  },
  null,
  2,
)}\n`;

const workflow = `name: ci
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        node: [20, 22, 24]
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
      - run: npm install
      - run: npm run build
      - run: npm test
      - run: npx pertybot plugins verify .
`;

function readme(name: string): string {
  return `# pertybot-plugin-${name}

Rolls dice in Twitch chat: a plugin for PertyBot.

\`\`\`sh
npx pertybot plugins add pertybot-plugin-${name}
\`\`\`

\`\`\`yaml
plugins:
  - use: ${name}
    config:
      sides: 20
\`\`\`

| command | what it does |
|---|---|
| \`!${name} [count]\` | rolls one to five dice |

| option | default | what it means |
|---|---|---|
| \`sides\` | \`6\` | how many sides a die has |

## Work on it

\`\`\`sh
npm install
npm test         # builds it, and talks to it in a bot without Twitch
npm run verify   # what PertyBot asks of a plugin
npm pack         # a tarball, to try in a bot: npx pertybot plugins add ../pertybot-plugin-${name}-0.1.0.tgz
npm publish
\`\`\`
`;
}

function licence(name: string, year: number): string {
  return `MIT License

Copyright (c) ${year} the authors of pertybot-plugin-${name}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;
}
