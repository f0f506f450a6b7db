import { once } from 'node:events';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { copyDemoBot, makeBotFolder, type TestFolder } from './support/bot-folder.js';
import { eventsOf, runPertybot, startPertybot } from './support/run-pertybot.js';
import { askPertybot, servePertybot } from './support/served-command.js';

// Whole programs are started here, several of them in some tests.
jest.setTimeout(30_000);

const botFile = `plugins:
  - use: oauth
    config:
      clientId: \${TWITCH_CLIENT_ID}
  - use: irc
    config: { channels: [streamer] }
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17 }
  - use: ./plugins/dice.ts
`;

const dice = `import { definePlugin } from '@pertybot/core';

export default definePlugin({
  name: 'dice',
  start({ command }) {
    command('roll <sides:int>', { about: 'Rolls' }, async ({ args, user, reply }) => {
      const sides: number = args.sides;
      await reply(\`\${user.displayName} rolled \${sides} of \${sides}\`);
    });
  },
});
`;

let folder: TestFolder | undefined;
afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});

/** One for all tests that want no other plugin: this one is copied once. */
let common: TestFolder;
beforeAll(async () => {
  common = await makeBotFolder({ 'plugins.yaml': botFile, 'plugins/dice.ts': dice });
});
afterAll(() => common.remove());

async function makeBot(): Promise<TestFolder> {
  for (const state of ['dev', 'notes']) {
    await rm(common.file(`.pertybot/${state}`), { recursive: true, force: true, maxRetries: 9 });
  }
  await writeFile(common.file('plugins/dice.ts'), dice);
  return common;
}

describe('pertybot dev --json', () => {
  it('drives a pin from chat through every layer, and takes it off at the end', async () => {
    const bot = await makeBot();
    const run = await runPertybot(['dev', '--json'], { folder: bot.path, input: '!lamp on\n' });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    const events = eventsOf(run);
    const told = events.filter(({ type }) => type !== 'plugin');
    expect(told.map(({ type }) => type)).toEqual([
      'ready',
      'message',
      'pin',
      'reply',
      'pin',
      'stopped',
    ]);
    const pin = {
      type: 'pin',
      time: expect.stringMatching(/^\d{4}-/),
      gadget: 'lamp',
      pin: 'GPIO17',
    };
    expect(told[2]).toEqual({ ...pin, level: 1, on: true });
    expect(told[4]).toEqual({ ...pin, level: 0, on: false });
    expect(told[0]).toMatchObject({ bot: 'pertybot', channels: ['streamer'] });
    expect(told[1]).toMatchObject({ user: 'streamer', text: '!lamp on' });
    expect(told[3]).toMatchObject({ channel: 'streamer', replyTo: told[1]?.id });
  });

  it('lets raids, cheers and the rest happen, which set gadgets off, dry ones too', async () => {
    folder = await makeBotFolder({
      'plugins.yaml': botFile.replace('  - use: ./plugins/dice.ts\n', '').replace(
        '        lamp: { type: light, pin: GPIO17 }\n',
        `        lamp: { type: light, pin: GPIO17 }
        plug: { type: relay, pin: GPIO5, maxOn: 1s, mode: dry-run }
      on:
        raid: [lamp on]
        redeem: { reward: paint, do: [plug on] }
`,
      ),
    });
    const input = [
      'bob raids 50',
      'alice cheers 100: great',
      'alice subscribes prime',
      'alice resubscribes 12: still here',
      'alice gifts 2',
      'anonymous gifts bob',
      'alice redeems paint: pink',
      'mod announces blue: hello',
      'mod deletes alice',
      'mod times out bob 60',
      'mod bans bob',
      'mod clears chat',
      'alice chers 100',
    ];
    const run = await askPertybot(['dev', '--json'], {
      folder: folder.path,
      input: `${input.join('\n')}\n`,
    });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('Line 13: Nobody can "chers". Did you mean "alice cheers 100"?');
    const events = eventsOf(run);
    const of = (type: string) => events.filter((event) => event.type === type);
    expect(of('raid')).toMatchObject([{ user: 'bob', viewers: 50 }]);
    expect(of('cheer')).toMatchObject([{ user: 'alice', bits: 100 }]);
    expect(of('subscribe')).toMatchObject([
      { tier: 'prime', renewed: false },
      { months: 12, renewed: true, text: 'still here' },
    ]);
    expect(of('giftSubscription')).toMatchObject([
      { user: 'alice', count: 2 },
      { count: 0, recipient: 'viewer1' },
      { count: 0, recipient: 'viewer2' },
      { count: 1, recipient: 'bob' },
    ]);
    expect(of('redeem')).toMatchObject([{ user: 'alice', rewardId: 'paint', text: 'pink' }]);
    expect(of('announcement')).toMatchObject([{ user: 'mod', text: 'hello', color: 'blue' }]);
    expect(of('moderation')).toMatchObject([
      { action: 'delete', user: 'alice' },
      { action: 'timeout', user: 'bob', duration: 60 },
      { action: 'ban', user: 'bob' },
      { action: 'clear' },
    ]);
    const ready = of('ready')[0];
    expect(ready).toMatchObject({
      outputs: [{ gadget: 'lamp' }, { gadget: 'plug', dryRun: true }],
    });
    const pins = of('pin').map(({ gadget, on, dryRun }) => [gadget, on, dryRun]);
    expect(pins).toContainEqual(['lamp', true, undefined]);
    expect(pins).toContainEqual(['plug', true, true]);
    expect(pins).not.toContainEqual(['plug', true, undefined]);
  });

  it('waits at the end while a gadget is busy or a crowd decides, but not for what stays on', async () => {
    folder = await makeBotFolder({
      'plugins.yaml': botFile
        .replace('pin: GPIO17 }', 'pin: GPIO17, blinkOn: 10ms, blinkOff: 400ms }')
        .replace(
          '  - use: ./plugins/dice.ts',
          '        star: { type: light, pin: GPIO27, crowd: vote(600ms) }',
        ),
    });
    const input = '!star on\n!lamp blink 3\n';
    const run = await askPertybot(['dev', '--json'], { folder: folder.path, input });
    expect(run.stderr).toBe('');
    const pins = eventsOf(run).filter(({ type }) => type === 'pin');
    const of = (name: string) => pins.filter(({ gadget }) => gadget === name).map(({ on }) => on);
    expect(of('lamp')).toEqual([true, false, true, false, true, false]);
    expect(of('star')).toEqual([true, false]);
  });

  it('takes lines one after the other, as whoever says them', async () => {
    const bot = await makeBot();
    const input = `# a comment

alice: !roll 6
Bob[mod,sub]: !roll 20
alice: !roll many
alice: !nothing
`;
    const events = eventsOf(await askPertybot(['dev', '--json'], { folder: bot.path, input }));
    const chat = events.filter(({ type }) =>
      ['message', 'reply', 'refusal'].includes(String(type)),
    );
    expect(chat).toMatchObject([
      { type: 'message', user: 'alice', roles: ['everyone'] },
      { type: 'reply', text: 'alice rolled 6 of 6' },
      { type: 'message', user: 'bob', roles: ['everyone', 'subscriber', 'vip', 'moderator'] },
      { type: 'reply', text: 'bob rolled 20 of 20' },
      { type: 'message', text: '!roll many' },
      { type: 'refusal', reason: 'arguments', command: 'roll', user: 'alice' },
      { type: 'reply', text: expect.stringContaining('!roll <sides') },
      { type: 'message', text: '!nothing' },
      { type: 'refusal', reason: 'unknown' },
    ]);
  });

  it('says which line it cannot read on stderr, and goes on', async () => {
    const bot = await makeBot();
    const input = 'alice[king]: hi\n!roll 2\n';
    const run = await askPertybot(['dev', '--json'], { folder: bot.path, input });
    expect(run.stderr).toContain('Line 1: The role "king" is unknown.');
    expect(eventsOf(run)).toContainEqual(expect.objectContaining({ text: '!roll 2' }));
    expect(run.code).toBe(0);
  });

  it('keeps what plugins print away from the JSON', async () => {
    folder = await makeBotFolder({
      'plugins.yaml': 'plugins:\n  - use: ./loud.js\n',
      'loud.js': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'loud',
  start() {
    console.log('by console');
    process.stdout.write('by stdout\\n');
  },
});
`,
    });
    const run = await askPertybot(['dev', '--json'], { folder: folder.path });
    expect(run.code).toBe(0);
    expect(run.stderr).toBe('by console\nby stdout\n');
    expect(eventsOf(run).at(-1)).toMatchObject({ type: 'stopped' });
  });

  it('goes on when a command of a plugin throws, and says whose it is', async () => {
    folder = await makeBotFolder({
      'plugins.yaml': `${botFile.replace('./plugins/dice.ts', './boom.js')}`,
      'boom.js': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'boom',
  start({ command }) {
    command('boom', {}, () => {
      setTimeout(() => { throw new Error('later'); }, 1);
      throw new Error('now');
    });
  },
});
`,
    });
    const input = '!boom\n!lamp on\n';
    const run = await askPertybot(['dev', '--json'], { folder: folder.path, input });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('The plugin \\"boom\\" failed in command boom: now');
    expect(run.stderr).toContain('failed in command boom: later');
    expect(eventsOf(run)).toContainEqual(expect.objectContaining({ type: 'pin', on: true }));
  });

  it('keeps its state in .pertybot/dev, for the owner’s eyes alone', async () => {
    const bot = await makeBot();
    await askPertybot(['dev', '--json'], { folder: bot.path });
    const found = (await readdir(bot.file('.pertybot'))).filter((name) => name !== 'cache');
    // What the plugins brought is the same in every run: check reads it.
    expect(found).toEqual(['dev', 'notes']);
    for (const name of found) {
      expect((await stat(bot.file(`.pertybot/${name}`))).mode & 0o777).toBe(0o700);
    }
  });

  it('says with --verbose what it lays over plugins.yaml, and no secret', async () => {
    const bot = await makeBot();
    const { stderr } = await askPertybot(['dev', '--verbose'], { folder: bot.path });
    expect(stderr).toMatch(/oauth: idUrl = http:\/\/127\.0\.0\.1:\d+\/oauth2/);
    expect(stderr).toMatch(/gpio: driver = simulated/);
    expect(stderr).toMatch(/clientSecret = \[hidden\]/);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('makes the pins safe on %s', async (signal) => {
    const bot = await makeBot();
    const child = startPertybot(['dev', '--json'], { folder: bot.path });
    child.stdin?.write('!lamp on\n');
    const events: Record<string, unknown>[] = [];
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      events.push(JSON.parse(line));
      if (events.at(-1)?.type === 'reply') child.kill(signal);
    }
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect(events.filter(({ type }) => type === 'pin').map(({ on }) => on)).toEqual([true, false]);
    expect(events.at(-1)).toMatchObject({ type: 'stopped' });
  });

  it('ends well when the reader of its output goes away', async () => {
    const bot = await makeBot();
    const child = startPertybot(['dev', '--json'], { folder: bot.path });
    const errors: string[] = [];
    child.stderr?.on('data', (part) => errors.push(String(part)));
    child.stdout?.once('data', () => child.stdout?.destroy());
    child.stdin?.write('!lamp on\n!roll 3\n');
    const [code] = await once(child, 'exit');
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
  });

  it('reloads what is edited while its input is open', async () => {
    const bot = await makeBot();
    const child = servePertybot(['dev', '--json'], { folder: bot.path });
    const told = text(child.stderr ?? process.stdin);
    const replies: unknown[] = [];
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      const event = JSON.parse(line);
      if (event.type === 'ready') child.stdin?.write('!roll 2\n');
      if (event.type === 'reply') {
        replies.push(event.text);
        if (replies.length === 2) child.stdin?.end();
        else await writeFile(bot.file('plugins/dice.ts'), dice.replace('rolled', 'threw'));
      }
      const { type, plugin, state } = event;
      if (type === 'plugin' && plugin === 'dice' && state === 'running' && replies.length === 1) {
        child.stdin?.write('!roll 2\n');
      }
    }
    expect(replies).toEqual(['streamer rolled 2 of 2', 'streamer threw 2 of 2']);
    expect(await told).toMatch(/^[\d:]{8} {2}Reloaded: changed dice/);
  });

  it('lets one bot run in a state folder, and says which', async () => {
    const bot = await makeBot();
    const first = servePertybot(['dev', '--json'], { folder: bot.path });
    await once(first.stdout ?? process.stdin, 'data');
    const second = await runPertybot(['dev', '--json'], { folder: bot.path });
    first.stdin?.end();
    await once(first, 'exit');
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain(`already runs as process ${first.pid} ("pertybot dev"`);
  });

  it('says what is wrong with plugins.yaml, with the line, and exits with 1', async () => {
    folder = await makeBotFolder({ 'plugins.yaml': 'plugins:\n  - use: irc\n    confg: {}\n' });
    const run = await askPertybot(['dev', '--json'], { folder: folder.path });
    expect(run.code).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/plugins\.yaml:3:5 .*confg/);
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });

  it.each(['dev', 'start'])('makes nothing in a folder that is no bot’s: %s', async (command) => {
    folder = await makeBotFolder({});
    const run = await askPertybot([command], { folder: folder.path });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`There is no "${folder.file('plugins.yaml')}".`);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('runs the demo bot of the repository, without an .env', async () => {
    folder = await copyDemoBot();
    const input = '!lamp on\nalice: !horn on\nalice[sub]: !horn on\n!confetti\n!hello\n!help\n';
    const run = await askPertybot(['dev', '--json'], { folder: folder.path, input });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const events = eventsOf(run);
    const on = events.filter((event) => event.type === 'pin' && event.on);
    expect(on.map(({ gadget, pin }) => `${gadget} ${pin}`)).toEqual([
      'lamp GPIO17',
      'horn GPIO27',
      'confetti GPIO22',
    ]);
    const off = events.filter((event) => event.type === 'pin' && !event.on);
    expect(off.map(({ gadget }) => gadget).sort()).toEqual(['confetti', 'horn', 'lamp']);
    expect(events).toContainEqual(expect.objectContaining({ type: 'refusal', reason: 'role' }));
    const replies = events.filter(({ type }) => type === 'reply').map(({ text }) => String(text));
    expect(replies).toContainEqual(expect.stringMatching(/fired the cannon!$/));
    expect(replies).toContainEqual(expect.stringContaining('!confetti'));
  });
});
