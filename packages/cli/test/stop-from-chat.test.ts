import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { makeBotFolder, type TestFolder } from './support/bot-folder.js';
import { startPertybot } from './support/run-pertybot.js';

jest.setTimeout(60_000);

/** What a busy test machine may take for what takes milliseconds; what waits for replies takes half a minute. */
const atOnce = 3_000;

/** Says in the log what the pins do. */
const witness = `import { definePlugin } from '@pertybot/core';

export default definePlugin({
  name: 'witness',
  start({ command, on, log }) {
    on('pin', ({ pin, on: isOn }) => log.info(\`\${pin} is \${isOn ? 'on' : 'off'}\`));
    on('join', ({ channel }) => log.info(\`sits in \${channel}\`));
    on('command', ({ command: name }) => log.info(\`did \${name}\`));
    command('hang', {}, () => new Promise(() => {}));
  },
});
`;

/** Takes its time to start. */
const slow = `import { definePlugin } from '@pertybot/core';

export default definePlugin({
  name: 'slow',
  start: () => new Promise<void>((resolve) => setTimeout(resolve, 12_000)),
});
`;

describe('a true bot, told to stop in chat', () => {
  let twitch: TwitchSimulator;
  let folder: TestFolder;
  let bot: ChildProcess;
  let log: Interface;
  let lines: string[] = [];

  beforeEach(async () => {
    twitch = await startTwitchSimulator();
  });
  afterEach(async () => {
    if (bot.exitCode === null && bot.signalCode === null) {
      bot.kill('SIGKILL');
      await once(bot, 'exit');
    }
    await folder.remove();
    await twitch.stop();
  });

  async function start(more = ''): Promise<void> {
    folder = await makeBotFolder({
      'plugins.yaml': `plugins:
  - use: oauth
    config:
      clientId: demo
      idUrl: ${twitch.idUrl}
      accessToken: ${twitch.id.issueToken({ login: 'pertybot' }).accessToken}
  - use: irc
    config:
      channels: [streamer]
      server: ${twitch.chatUrl.host}
      port: ${twitch.chatUrl.port}
      secure: false
  - use: gpio
    config:
      driver: simulated
      gadgets: { lamp: { type: light, pin: GPIO17 } }
  - use: texts
    config:
      commands: { hello: 'Hello {user}!' }
  - use: ./plugins/witness.ts
${more}`,
      'plugins/witness.ts': witness,
      'plugins/slow.ts': slow,
    });
    bot = startPertybot(['start'], { folder: folder.path });
    if (!bot.stderr) throw new Error('The bot has no log.');
    log = createInterface({ input: bot.stderr });
    lines = [];
    log.on('line', (line) => lines.push(String(JSON.parse(line).message)));
    await logged('sits in streamer');
  }

  /** Waits until `message` stands in the log `times` times. */
  async function logged(message: string, times = 1): Promise<void> {
    const ended = new AbortController();
    log.once('close', () => ended.abort(new Error(`The bot ended: ${lines.join('\n')}`)));
    while (lines.filter((line) => line.includes(message)).length < times) {
      await once(log, 'line', { signal: ended.signal });
    }
  }

  const moderator = { login: 'mod', roles: ['moderator'] } as const;
  const say = (text: string) => void twitch.chat.say({ channel: 'streamer', as: moderator, text });

  /** How long it takes until the log says that GPIO17 is off, in milliseconds. */
  async function untilOff(line: string): Promise<number> {
    const begun = performance.now();
    say(line);
    await logged('GPIO17 is off');
    return performance.now() - begun;
  }

  it.each(['!estop', '!stop', '!lamp off'])(
    'does not wait for the replies to 32 greetings of the same moderator: %s',
    async (line) => {
      await start();
      await logged('The bot is ready.');
      for (let i = 0; i < 32; i++) say(`!hello ${i}`);
      say('!lamp on');
      await logged('GPIO17 is on');
      expect(await untilOff(line)).toBeLessThan(atOnce);
      const greetings = twitch.chat.messages.filter(({ text }) => text.startsWith('Hello'));
      expect(greetings.length).toBeLessThan(32);
    },
  );

  it('waits neither for hanging commands nor for a queue that they fill', async () => {
    await start();
    await logged('The bot is ready.');
    say('!lamp on');
    await logged('GPIO17 is on');
    for (let i = 0; i < 8; i++) say(`!hang ${i}`);
    expect(await untilOff('!estop')).toBeLessThan(atOnce);
  });

  it('stops and switches off while the last plugin has not started', async () => {
    await start('  - use: ./plugins/slow.ts\n');
    say('!lamp off');
    await logged('did lamp');
    say('!estop');
    await logged('did estop');
    expect(lines.filter((line) => line.includes('The bot is ready.'))).toEqual([]);
    await logged('The bot is ready.');
    say('!lamp on');
    say('!hello');
    await logged('did hello');
    expect(lines.filter((line) => line.includes('GPIO17 is on'))).toEqual([]);
  });
});
