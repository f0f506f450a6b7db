import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';
import { type Run, startPertybot } from '../support/run-pertybot.js';

jest.setTimeout(30_000);

let twitch: TwitchSimulator;
let folder: TestFolder;

beforeEach(async () => {
  twitch = await startTwitchSimulator({
    clients: [{ id: 'my-app', redirectUris: ['http://localhost:3000/'] }],
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

const run = (...words: string[]): Promise<Run> => runInProcess(words, folder.path);

/** Logs in by device code, as a person would who reads the code from the terminal. */
async function logIn(): Promise<{ code: number; told: string }> {
  const child = startPertybot(['login', '--device'], { folder: folder.path });
  let told = '';
  let approved = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part) => {
      told += part;
      const userCode = /\b[A-Z0-9]{8}\b/.exec(told)?.[0];
      if (userCode === undefined || approved) return;
      approved = true;
      twitch.id.approveDevice(userCode);
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

  it('says what to do where the bot has no oauth plugin', async () => {
    const other = await makeBotFolder({ 'plugins.yaml': 'plugins:\n  - use: gpio\n' });
    const { stderr, code } = await runInProcess(['login'], other.path);
    await other.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('Run: pertybot plugins add oauth');
  });
});
