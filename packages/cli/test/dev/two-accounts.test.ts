import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterEach, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { servePertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

let folder: TestFolder;

afterEach(() => folder.remove());

const points = `import { AccessTokens, definePlugin } from '@pertybot/core';

export default definePlugin({
  name: 'points',
  needs: { tokens: AccessTokens },
  scopes: [{ scope: 'channel:read:redemptions', account: 'broadcaster' }],
  start({ command, tokens }) {
    command('whose', {}, async ({ reply }) => {
      const scopes = ['channel:read:redemptions'];
      const token = await tokens.get({ account: 'broadcaster', channel: 'mychannel', scopes });
      await reply(\`The points are \${token.login}'s.\`);
    });
  },
});
`;

const botFile = `plugins:
  - use: oauth
    config: { clientId: none }
  - use: irc
    config: { channels: [mychannel] }
  - use: ./points.ts
`;

it('logs the broadcaster in by itself under dev, when a plugin wants his token', async () => {
  folder = await makeBotFolder({
    'plugins.yaml': botFile,
    'points.ts': points,
    // Of a session before: the Twitch that gave it is gone.
    '.pertybot/dev/tokens.mychannel.json':
      '{"version":1,"grant":{"clientId":"pertybot-dev","accessToken":"old","scopes":[]}}',
  });
  for (let session = 1; session <= 2; session++) {
    const dev = servePertybot(['dev'], { folder: folder.path });
    const { stdin, stdout } = dev;
    if (stdin === null || stdout === null) throw new TypeError('The bot has no pipes.');
    const said: string[] = [];
    const lines = createInterface(stdout);
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes("The points are mychannel's.")) stdin.end();
    });
    stdin.write('!whose\n');
    await once(dev, 'exit');
    expect(said.join('\n')).toContain("The points are mychannel's.");
  }
  const stored = await readFile(folder.file('.pertybot/dev/tokens.mychannel.json'), 'utf8');
  expect(JSON.parse(stored).grant.scopes).toEqual(['channel:read:redemptions']);
});
