import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runPertybot, startPertybot } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

let twitch: TwitchSimulator;
let folder: TestFolder;
let bot: ChildProcess;
let log: Interface;
let entries: Record<string, unknown>[] = [];

async function startBot(): Promise<void> {
  twitch = await startTwitchSimulator();
  folder = await makeBotFolder({
    'plugins.yaml': `plugins:
  - use: oauth
    config:
      clientId: demo
      idUrl: ${twitch.idUrl}
      accessToken: \${BOT_TOKEN}
  - use: irc
    config:
      channels: [streamer]
      server: ${twitch.chatUrl.host}
      port: ${twitch.chatUrl.port}
      secure: false
  - use: texts
    config:
      commands: { hello: 'Hello {user}!' }
`,
    '.env': `BOT_TOKEN=${twitch.id.issueToken({ login: 'pertybot' }).accessToken}\n`,
  });
  bot = startPertybot(['start', '--log-level', 'debug'], { folder: folder.path });
  if (!bot.stderr) throw new Error('The bot has no log.');
  log = createInterface({ input: bot.stderr });
  entries = [];
  log.on('line', (line) => entries.push(JSON.parse(line)));
}

async function endBot(): Promise<void> {
  if (bot.exitCode === null && bot.signalCode === null) {
    bot.kill('SIGKILL');
    await once(bot, 'exit');
  }
  await folder.remove();
  await twitch.stop();
}

/** Waits for a line of the log. */
async function logged(message: string): Promise<Record<string, unknown>> {
  const ended = new AbortController();
  log.once('close', () => ended.abort(new Error('The bot ended.')));
  for (;;) {
    const found = entries.find((entry) => String(entry.message).includes(message));
    if (found) return found;
    await once(log, 'line', { signal: ended.signal });
  }
}

describe('a bot that pertybot start runs', () => {
  beforeAll(startBot);
  afterAll(endBot);

  it('runs at the endpoints that plugins.yaml names, and logs JSON', async () => {
    expect(await logged('The bot is ready.')).toMatchObject({
      level: 'info',
      running: ['oauth', 'irc', 'texts'],
    });
    const reply = twitch.chat.waitFor('message', ({ login }) => login === 'pertybot');
    twitch.chat.say({ channel: 'streamer', as: { login: 'alice' }, text: '!hello' });
    expect((await reply).text).toBe('Hello alice!');
  });

  it('is examined by doctor while it runs', async () => {
    await logged('The bot is ready.');
    const { stdout } = await askPertybot(['doctor', '--no-network'], { folder: folder.path });
    expect(stdout).toMatch(/✓ bot +It runs as process \d+ \("pertybot start"\)\./);
    expect(stdout).toMatch(/✓ bot +It sits in #streamer\./);
  });

  it('lets one bot run in a folder', async () => {
    await logged('The bot is ready.');
    const second = await runPertybot(['start'], { folder: folder.path });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`already runs as process ${bot.pid} ("pertybot start"`);
  });
});

describe('pertybot start', () => {
  beforeEach(startBot);
  afterEach(endBot);

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'stops on %s and leaves nothing',
    async (signal) => {
      await logged('The bot is ready.');
      bot.kill(signal);
      await logged('Stopped; every pin is off.');
      const [code] = await once(bot, 'exit');
      expect(code).toBe(0);
      expect(await readdir(folder.file('.pertybot'))).not.toContain('control.sock');
    },
  );

  it('takes a plugin that plugins add brings at once', async () => {
    await logged('The bot is ready.');
    await logged('Watching');
    await writeFile(
      folder.file('dice.js'),
      "import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'dice', start() {} });\n",
    );
    const { code } = await askPertybot(['plugins', 'add', './dice.js'], { folder: folder.path });
    expect(code).toBe(0);
    expect(await logged('Reloaded')).toMatchObject({
      message: expect.stringContaining('added dice'),
    });
  });

  it('reloads what changes in plugins.yaml while it runs', async () => {
    await logged('The bot is ready.');
    await logged('Watching');
    const text = "plugins:\n  - use: texts\n    config:\n      commands: { bye: 'Bye!' }\n";
    await writeFile(folder.file('plugins.yaml'), text);
    expect(await logged('Reloaded')).toMatchObject({
      message: expect.stringContaining('removed oauth, irc; changed texts'),
    });
  });

  it('does not say that every pin is off while one is not, and exits with 1', async () => {
    await logged('The bot is ready.');
    const pin = { driver: 'onoff', valueFile: folder.file('value'), offset: 17, safe: 0 };
    await writeFile(folder.file('.pertybot/pins.json'), JSON.stringify({ pins: [pin] }));
    bot.kill('SIGTERM');
    const [code] = await once(bot, 'exit');
    expect(code).toBe(1);
    await logged('GPIO17 may be on: it could not be switched off.');
    const words = entries.map(({ message }) => message);
    expect(words).not.toContain('Stopped; every pin is off.');
    expect(words).toContainEqual(expect.stringContaining('Stopped, but an output may be on.'));
    expect(await readdir(folder.file('.pertybot'))).toContain('pins.json');
  });
});

describe('pertybot start of a slow plugin', () => {
  it('ends at once when it is asked a second time', async () => {
    const slow = await makeBotFolder({
      'plugins.yaml': 'plugins:\n  - use: ./slow.js\n',
      'slow.js': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'slow',
  start: ({ onStop }) => onStop(() => new Promise((resolve) => setTimeout(resolve, 60_000))),
});
`,
    });
    const other = startPertybot(['start'], { folder: slow.path });
    if (!other.stderr) throw new Error('The bot has no log.');
    for await (const line of createInterface({ input: other.stderr })) {
      if (line.includes('is ready') || line.includes('Stopping')) other.kill('SIGTERM');
    }
    if (other.exitCode === null) await once(other, 'exit');
    await slow.remove();
    expect(other.exitCode).toBe(143);
  });

  it('says nothing of ready when it is stopped while a plugin starts', async () => {
    const slow = await makeBotFolder({
      'plugins.yaml': 'plugins:\n  - use: ./slow.js\n',
      'slow.js': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'slow',
  start(context) {
    context.log.info('begins');
    return new Promise((resolve) => context.signal.addEventListener('abort', resolve));
  },
});
`,
    });
    const other = startPertybot(['start'], { folder: slow.path });
    if (!other.stderr) throw new Error('The bot has no log.');
    const said: string[] = [];
    for await (const line of createInterface({ input: other.stderr })) {
      const { message } = JSON.parse(line) as { message: string };
      said.push(message);
      if (message === 'begins') other.kill('SIGTERM');
    }
    if (other.exitCode === null) await once(other, 'exit');
    await slow.remove();
    expect(said).toEqual([
      'begins',
      expect.stringContaining('Stopping, because of SIGTERM.'),
      'Stopped; every pin is off.',
    ]);
    expect(other.exitCode).toBe(0);
  });
});
