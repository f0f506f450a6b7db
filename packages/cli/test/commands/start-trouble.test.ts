import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { startPertybot } from '../support/run-pertybot.js';

jest.setTimeout(30_000);

let twitch: TwitchSimulator;
let folder: TestFolder;
let bot: ChildProcess | undefined;
let entries: Record<string, unknown>[] = [];

beforeEach(async () => {
  twitch = await startTwitchSimulator();
  entries = [];
});
afterEach(async () => {
  if (bot && bot.exitCode === null && bot.signalCode === null) {
    bot.kill('SIGKILL');
    await once(bot, 'exit');
  }
  await folder.remove();
  await twitch.stop();
});

/** Starts a bot whose login is configured so. */
async function start(oauth: string): Promise<ChildProcess> {
  folder = await makeBotFolder({
    'plugins.yaml': `plugins:
  - use: oauth
    config:
      clientId: demo
      idUrl: ${twitch.idUrl}
      ${oauth}
  - use: irc
    config: { channels: [streamer] }
`,
  });
  bot = startPertybot(['start'], { folder: folder.path });
  return bot;
}

/** Sends a signal as soon as a line with `message` was logged, and gives all lines. */
async function stopAfter(message: string): Promise<readonly string[]> {
  if (!bot?.stderr) throw new Error('The bot has no log.');
  const lines = createInterface({ input: bot.stderr });
  lines.on('line', (line) => {
    if (line.includes(message)) bot?.kill('SIGTERM');
    // What the bot shows at a login is no JSON.
    if (line.startsWith('{')) entries.push(JSON.parse(line));
  });
  await Promise.all([once(lines, 'close'), once(bot, 'exit')]);
  return entries.map((entry) => String(entry.message));
}

describe('pertybot start', () => {
  it('tells once of a plugin that fails, with the cure', async () => {
    await start('accessToken: none-that-twitch-knows');
    const messages = await stopAfter('The bot is ready.');
    expect(messages.filter((text) => text.includes('The plugin "oauth" failed'))).toHaveLength(1);
    expect(entries.find(({ level }) => level === 'error')).toMatchObject({
      error: { code: 'OAUTH_ACCESS_TOKEN_INVALID', hint: expect.any(String) },
    });
  });

  it('says nothing of being ready when it is stopped during a login', async () => {
    await start('login: device');
    const messages = await stopAfter('and type the code');
    expect(messages).toContain('Stopped; every pin is off.');
    expect(messages).not.toContain('The bot is ready.');
    expect(messages.filter((text) => text.includes('waits'))).toEqual([]);
    expect(bot?.exitCode).toBe(0);
  });
});
