import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { type Run, repository } from '../support/run-pertybot.js';
import { askPertybot, servePertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

let twitch: TwitchSimulator;
let folder: TestFolder;

beforeEach(async () => {
  twitch = await startTwitchSimulator({
    clients: [{ id: 'my-app', redirectUris: ['http://localhost:3000/'] }],
    accounts: [{ login: 'pertybot' }, { login: 'streamer' }],
    deviceInterval: 1,
  });
  folder = await makeBotFolder({
    'plugins.yaml': `plugins:
  - use: oauth
    config:
      clientId: my-app
      idUrl: ${twitch.idUrl}
  - use: irc
    config:
      channels: [streamer]
`,
  });
});
afterEach(async () => {
  await folder.remove();
  await twitch.stop();
});

const run = (...words: string[]): Promise<Run> => askPertybot(words, { folder: folder.path });

/** Logs in by device code, as a person would who reads the code from the terminal. */
async function logIn({
  as,
  flags = [],
}: {
  as?: string;
  flags?: string[];
} = {}): Promise<{ code: number; told: string }> {
  const child = servePertybot(['login', '--device', ...flags], { folder: folder.path });
  let told = '';
  let approved = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part) => {
      told += part;
      const userCode = /\b[A-Z0-9]{8}\b/.exec(told)?.[0];
      if (userCode === undefined || approved) return;
      approved = true;
      twitch.id.approveDevice(userCode, as === undefined ? {} : { as });
    });
  }
  const [code] = await once(child, 'exit');
  return { code, told };
}

describe('pertybot login', () => {
  it('stores a login that a person approves on another device', async () => {
    const { code, told } = await logIn();
    expect(told).toContain('Logged in as "pertybot".');
    expect(code).toBe(0);
    const tokens = await stat(folder.file('.pertybot/tokens.json'));
    expect(tokens.mode & 0o777).toBe(0o600);
  });

  it('shows how the login stands, scope by scope, and never the token', async () => {
    await logIn();
    const { stdout, code } = await run('status');
    expect(stdout).toMatch(/No bot runs\.\nLogin {4}pertybot, the token is good for .*\n/);
    expect(stdout).toContain('chat:read (for irc)');
    expect(code).toBe(1);
    const json = JSON.parse((await run('status', '--json')).stdout);
    expect(json).toMatchObject({ bot: null, login: { status: 'valid', login: 'pertybot' } });
    const stored = await readFile(folder.file('.pertybot/tokens.json'), 'utf8');
    const secrets = stored.match(/[a-z0-9]{30,}/g) ?? [];
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(stdout + JSON.stringify(json)).not.toContain(secret);
  });

  it('is ended by logout, at Twitch and here', async () => {
    await logIn();
    expect(await run('logout')).toMatchObject({ code: 0, stdout: 'Logged out.\n' });
    expect((await run('status')).stdout).toContain('nobody is logged in');
    expect(await run('logout')).toMatchObject({ code: 0, stdout: 'Nobody was logged in.\n' });
  });

  it('uses the store of a plugin that replaces it, everywhere', async () => {
    await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
    await mkdir(folder.file('plugins'));
    await writeFile(folder.file('plugins/vault.ts'), vault);
    const text = await readFile(folder.file('plugins.yaml'), 'utf8');
    await writeFile(folder.file('plugins.yaml'), text.replace('oauth', './plugins/vault.ts'));
    expect((await logIn()).told).toContain('Logged in as "pertybot".');
    const kept = async () => JSON.parse(await readFile(folder.file('vault.json'), 'utf8'));
    const { accessToken } = (await kept()).bot;
    expect(twitch.id.describe(accessToken)).toMatchObject({ live: true, login: 'pertybot' });
    expect((await readdir(folder.file('.pertybot'))).join()).not.toContain('tokens.json');
    expect((await run('status')).stdout).toMatch(/Login {4}pertybot, the token is good for/);
    expect((await run('doctor')).stdout).toContain('Logged in as pertybot');
    expect(await run('logout')).toMatchObject({ code: 0, stdout: 'Logged out.\n' });
    expect(await kept()).toEqual({});
    expect(twitch.id.describe(accessToken)?.live).toBe(false);
    expect((await run('status')).stdout).toContain('nobody is logged in');
    // Nothing was started for any of it.
    expect((await readdir(folder.path)).join()).not.toContain('started');
  });

  it('leaves alone a plugin that is called oauth and gives no tokens', async () => {
    await writeFile(folder.file('plugins.yaml'), 'plugins:\n  - use: ./mine.mjs\n    id: oauth\n');
    await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
    await writeFile(
      folder.file('mine.mjs'),
      "import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'oauth' });\n",
    );
    expect((await run('login')).stderr).toContain('Run: pertybot plugins add oauth');
  });

  it('names the plugin that gives the tokens and has no login for this command', async () => {
    await writeFile(folder.file('plugins.yaml'), 'plugins:\n  - use: ./mine.mjs\n');
    await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
    await writeFile(folder.file('mine.mjs'), foreign);
    const { stderr, code } = await run('login');
    expect(code).toBe(1);
    expect(stderr).toContain('"mine" gives the bot its tokens, and binds no Login');
    expect((await run('status')).stdout).toContain('"mine" gives the bot its tokens');
  });

  it('says what to do where the bot has no oauth plugin', async () => {
    const other = await makeBotFolder({ 'plugins.yaml': 'plugins:\n  - use: gpio\n' });
    const { stderr, code } = await askPertybot(['login'], { folder: other.path });
    await other.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('Run: pertybot plugins add oauth');
  });
});

describe('pertybot login --broadcaster', () => {
  beforeEach(async () => {
    await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
    await writeFile(folder.file('points.mjs'), points);
    const text = await readFile(folder.file('plugins.yaml'), 'utf8');
    await writeFile(folder.file('plugins.yaml'), `${text}  - use: ./points.mjs\n`);
  });

  it('is told of by status once a plugin wants it, and keeps both logins apart', async () => {
    await logIn();
    expect((await run('status')).stdout).toContain(
      'broadcaster: nobody is logged in; run pertybot login --broadcaster',
    );
    const { told, code } = await logIn({ as: 'streamer', flags: ['--broadcaster'] });
    expect(told).toContain('Log in to Twitch as the broadcaster’s account');
    expect(told).toContain('Logged in as "streamer", the broadcaster.');
    expect(code).toBe(0);
    const { stdout } = await run('status');
    expect(stdout).toContain('Login    pertybot, the token is good for');
    expect(stdout).toContain('broadcaster streamer: streamer, the token is good for');
    expect(stdout).toContain('channel:read:redemptions (for points)');
    const json = JSON.parse((await run('status', '--json')).stdout);
    expect(json.login).toMatchObject({ status: 'valid', login: 'pertybot' });
    expect(json.broadcasters).toMatchObject([{ channel: 'streamer', login: 'streamer' }]);
    expect((await run('doctor')).stdout).toContain('Logged in as streamer');
  });

  it('is refused to another account, with the name of the right one', async () => {
    const flags = ['--broadcaster', '--channel', 'streamer'];
    const child = servePertybot(['login', '--device', ...flags], { folder: folder.path });
    let told = '';
    const approved = new Set<string>();
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (part) => {
        told += part;
        for (const [code] of told.matchAll(/\b[A-Z0-9]{8}\b/g)) {
          if (approved.has(code)) continue;
          twitch.id.approveDevice(code, { as: approved.size === 0 ? 'pertybot' : 'streamer' });
          approved.add(code);
        }
      });
    }
    await once(child, 'exit');
    expect(told).toContain('You are logged in as "pertybot", but the broadcaster is "streamer".');
    expect(told).toContain('Logged in as "streamer", the broadcaster.');
    expect((await readdir(folder.file('.pertybot'))).sort()).toContain('tokens.streamer.json');
  });

  it('is ended apart from the bot’s', async () => {
    await logIn();
    await logIn({ as: 'streamer', flags: ['--broadcaster'] });
    expect((await run('logout')).stdout).toBe(
      'Logged out.\nThe broadcaster "streamer" stays logged in; run pertybot logout --broadcaster.\n',
    );
    expect((await run('logout', '--broadcaster')).stdout).toBe('Logged out "streamer".\n');
    expect((await run('logout', '--broadcaster')).stdout).toBe('No broadcaster was logged in.\n');
  });

  it('takes no channel that names a file, and no channel without a broadcaster', async () => {
    const odd = await run('logout', '--broadcaster', '--channel', '../x');
    expect(odd).toMatchObject({ code: 1 });
    expect(odd.stderr).toContain('"../x" is no channel.');
    expect(await run('login', '--channel', 'streamer')).toMatchObject({ code: 2 });
  });
});

/** A plugin that keeps its tokens elsewhere, as docs/oauth.md tells. */
const vault = `import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AccessTokens, type Account, BotFolders, definePlugin } from '@pertybot/core';
import { type Grant, oauthConfigSchema, registerOAuth, TokenStore } from '@pertybot/plugin-oauth';

class VaultTokenStore implements TokenStore {
  private readonly file: string;
  constructor(folders: BotFolders) {
    this.file = path.join(folders.bot, 'vault.json');
  }
  private async all(): Promise<Record<string, Grant>> {
    return JSON.parse(await readFile(this.file, 'utf8').catch(() => '{}'));
  }
  async read({ account }: Account) {
    return (await this.all())[account];
  }
  async write({ account }: Account, grant: Grant) {
    await writeFile(this.file, JSON.stringify({ ...(await this.all()), [account]: grant }));
  }
  async clear({ account }: Account) {
    const { [account]: _gone, ...rest } = await this.all();
    await writeFile(this.file, JSON.stringify(rest));
  }
  async accounts(): Promise<readonly Account[]> {
    return 'bot' in (await this.all()) ? [{ account: 'bot' }] : [];
  }
  exclusively<Result>(task: () => Promise<Result>): Promise<Result> {
    return task();
  }
  onChange() {
    return () => {};
  }
}

export default definePlugin({
  name: 'oauth-vault',
  config: oauthConfigSchema,
  provides: [AccessTokens],
  register(container, config) {
    registerOAuth(container, config);
    const store = new VaultTokenStore(container.resolve(BotFolders));
    container.register(TokenStore, { useValue: store });
  },
  start: ({ container }) => writeFile(path.join(container.resolve(BotFolders).bot, 'started'), ''),
});
`;

const foreign = `import { AccessTokens, definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'mine',
  provides: [AccessTokens],
  register: (container) => container.register(AccessTokens, { useValue: {} }),
});
`;

const points = `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'points',
  scopes: [{ scope: 'channel:read:redemptions', account: 'broadcaster' }],
});
`;
