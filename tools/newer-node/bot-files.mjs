// The bot of the story: against a simulated Twitch, with a plugin of each kind that a folder may hold.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What core gives to whoever asks for it by `import`, by `require` and as TypeScript: it must be the same. */
const kinds = {
  'typed.ts': `import { definePlugin, PertyError, type Plugin } from '@pertybot/core';
import { same } from './shared.js';

interface Told { readonly where: string }

const plugin: Plugin = definePlugin({
  name: 'typed',
  start({ command }) {
    command('typed', { about: 'Tells which core it has' }, async ({ reply }) => {
      const told: Told = { where: 'typed' };
      await reply(\`\${told.where} \${same(PertyError)}\`);
    });
  },
});
export default plugin;
`,
  'shared.js': `import { PertyError } from '@pertybot/core';

globalThis.coreOfTheStory ??= PertyError;
export const same = (error) => (globalThis.coreOfTheStory === error ? 'one core' : 'another core');
`,
  'plain.js': kind('plain', "import { definePlugin, PertyError } from '@pertybot/core';"),
  'module.mjs': kind('module', "import { definePlugin, PertyError } from '@pertybot/core';"),
  'common.cjs': kind(
    'common',
    "const { definePlugin, PertyError } = require('@pertybot/core');",
    'module.exports =',
  ),
  // A rejection that nobody awaits, and a throw: both are the plugin's, at its own lines.
  'faulty.ts': `import { definePlugin } from '@pertybot/core';

type Never = never;

export default definePlugin({
  name: 'faulty',
  start({ command }) {
    command('throw', { about: 'Throws' }, () => { throw new Error('thrown on purpose') as Never; });
    command('reject', { about: 'Rejects' }, async ({ reply }) => {
      void Promise.resolve().then((): Never => { throw new Error('rejected on purpose'); });
      await reply('rejected');
    });
    command('timer', { about: 'Throws later' }, async ({ reply }) => {
      setTimeout((): Never => { throw new Error('late on purpose'); }, 1);
      await reply('later');
    });
    command('stall', { about: 'Never ends' }, () => { while (true); });
  },
});
`,
};

/** The kinds that answer with the core that they have. */
export const askedKinds = ['typed', 'plain', 'module', 'common'];

function kind(name, head, exported = 'export default') {
  return `${head}

globalThis.coreOfTheStory ??= PertyError;
${exported} definePlugin({
  name: '${name}',
  start({ command }) {
    command('${name}', { about: 'Tells which core it has' }, async ({ reply }) => {
      const same = globalThis.coreOfTheStory === PertyError;
      await reply('${name} ' + (same ? 'one core' : 'another core'));
    });
  },
});
`;
}

/** Points what \`init\` made to a simulated Twitch, and adds the plugins. */
export function fillBot(folder, { idUrl, chatUrl, token }) {
  const file = path.join(folder, 'plugins.yaml');
  const { host, port } = chatUrl;
  const own = [...Object.keys(kinds)].filter((name) => name !== 'shared.js');
  const text = readFileSync(file, 'utf8')
    .replace('login: auto', `idUrl: ${idUrl}\n      accessToken: \${BOT_TOKEN}\n      login: auto`)
    .replace(
      'channels: [mychannel]',
      `channels: [mychannel]\n      server: ${host}\n      port: ${port}\n      secure: false`,
    );
  const uses = own.map((name) => `  - use: ./plugins/${name}\n`);
  writeFileSync(file, text.replace(/\n*$/, '\n') + uses.join(''));
  writeFileSync(path.join(folder, '.env'), `TWITCH_CLIENT_ID=demo\nBOT_TOKEN=${token}\n`);
  mkdirSync(path.join(folder, 'plugins'), { recursive: true });
  for (const [name, content] of Object.entries(kinds)) {
    writeFileSync(path.join(folder, 'plugins', name), content);
  }
}
