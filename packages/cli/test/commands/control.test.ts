import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { type Run, runPertybot, startPertybot } from '../support/run-pertybot.js';
import { askPertybot, type ServedCommand, servePertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

const botFile = `plugins:
  - use: oauth
  - use: irc
    config:
      channels: [streamer]
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17 }
    commands:
      lamp: { allow: moderator }
`;

let folder: TestFolder;
let bot: ChildProcess | ServedCommand | undefined;
let events: Record<string, unknown>[] = [];
let lines: Interface | undefined;

beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': botFile });
  events = [];
});
afterEach(async () => {
  if (bot?.exitCode === null) {
    bot.stdin?.end();
    await once(bot, 'exit');
  }
  bot = undefined;
  await folder.remove();
});

/** Starts `pertybot dev` and waits until it is ready. */
async function startBot(): Promise<void> {
  bot = servePertybot(['dev', '--json'], { folder: folder.path });
  if (!bot.stdout) throw new Error('The bot has no output.');
  lines = createInterface({ input: bot.stdout });
  lines.on('line', (line) => events.push(JSON.parse(line)));
  bot.stderr?.pipe(process.stderr, { end: false });
  await until('ready');
}

/** Waits until the bot has told of `count` events of a type. */
async function until(type: string, count = 1): Promise<void> {
  const ended = new AbortController();
  lines?.once('close', () => ended.abort(new Error('The bot ended.')));
  while (events.filter((event) => event.type === type).length < count) {
    if (lines) await once(lines, 'line', { signal: ended.signal });
  }
}

const run = (...words: string[]): Promise<Run> => askPertybot(words, { folder: folder.path });

describe('commands that talk to the running bot', () => {
  it('say that none runs, and what to do', async () => {
    for (const words of [['say', 'hi'], ['plugins', 'restart', 'gpio'], ['why']]) {
      const { stderr, code } = await run(...words);
      expect(code).toBe(1);
      expect(stderr).toContain(`No bot runs in "${folder.path}".`);
    }
  });

  it('use a socket that is its owner’s alone', async () => {
    await startBot();
    const socket = await stat(folder.file('.pertybot/dev/control.sock'));
    expect(socket.mode & 0o777).toBe(0o600);
  });

  it('find the bot also where the path of its folder is too long for a socket', async () => {
    await folder.remove();
    const deep = `${'deep/'.repeat(20)}plugins.yaml`;
    folder = await makeBotFolder({ [deep]: botFile });
    folder = { ...folder, path: folder.file('deep/'.repeat(20)) };
    await startBot();
    expect(await run('say', 'hello')).toMatchObject({ code: 0, stdout: 'Said.\n' });
    const note = await readFile(`${folder.path}/.pertybot/dev/control.path`, 'utf8');
    expect((await stat(note)).mode & 0o777).toBe(0o600);
  });

  it('status tells of chat, plugins and pins', async () => {
    await startBot();
    const { stdout, code } = await run('status');
    expect(code).toBe(0);
    expect(stdout).toContain(`pertybot dev is ready, process ${bot?.pid}, for`);
    expect(stdout).toMatch(
      /Chat +#streamer\nPlugins +oauth, irc, gpio\nPins +driven by simulated\n/,
    );
    expect(stdout).toContain('○ lamp GPIO17 off');
    expect(JSON.parse((await run('status', '--json')).stdout)).toMatchObject({
      bot: { pid: bot?.pid, channels: [{ channel: 'streamer', joined: true }] },
    });
  });

  it('say lets the bot speak', async () => {
    await startBot();
    await run('say', 'Back', 'soon');
    await until('reply');
    expect(events.at(-1)).toMatchObject({ type: 'reply', channel: 'streamer', text: 'Back soon' });
  });

  it('gadgets lists them, and drives one through the guard', async () => {
    await startBot();
    expect((await run('gadgets')).stdout).toMatch(/^lamp {2}light {2}GPIO17 {2}off {2}lamp </);
    expect(await run('gadgets', 'lamp', 'on')).toMatchObject({ code: 0, stdout: 'lamp is on\n' });
    await until('pin');
    expect(events.find(({ type }) => type === 'pin')).toMatchObject({ gadget: 'lamp', on: true });
    expect((await run('gadgets')).stdout).toMatch(/on, off in /);
    const { stderr, code } = await run('gadgets', 'lmap', 'on');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no gadget "lmap". Known gadgets: lamp.');
  });

  it('gadgets lists and drives them alone where no bot runs, until Ctrl-C', async () => {
    expect((await run('gadgets')).stdout).toMatch(/^lamp {2}light {2}GPIO17 {2}off {2}lamp </);
    const wrong = await askPertybot(['gadgets', 'lmap', 'on'], { folder: folder.path });
    expect(wrong.stderr).toContain('There is no gadget "lmap". Known gadgets: lamp.');
    bot = startPertybot(['gadgets', 'lamp', 'on'], { folder: folder.path });
    if (!bot.stdout) throw new Error('It has no output.');
    const told = createInterface({ input: bot.stdout })[Symbol.asyncIterator]();
    expect(await told.next()).toMatchObject({ value: 'lamp is on' });
    expect(await told.next()).toMatchObject({ value: expect.stringContaining('Ctrl-C') });
    expect((await run('status')).stdout).toContain('◉ lamp GPIO17 on');
    const { stderr } = await runPertybot(['start'], { folder: folder.path });
    expect(stderr).toContain(`The bot in "${folder.path}" already runs as process ${bot.pid}`);
    bot.kill('SIGINT');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    expect((await run('status')).stdout).toContain('No bot runs.');
  });

  it('gadgets ends by itself when the gadget is off again', async () => {
    const { stdout, code } = await askPertybot(['gadgets', 'lamp', 'blink', '1'], {
      folder: folder.path,
    });
    expect({ stdout, code }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^lamp blinks/),
    });
  });

  it('plugins tells how each does, and its commands', async () => {
    await startBot();
    const { stdout } = await run('plugins');
    expect(stdout).toMatch(/● gpio .* running\n.*\n +commands !lamp\n/);
    expect(JSON.parse((await run('plugins', '--json')).stdout)).toMatchObject([
      { id: 'oauth', state: 'running' },
      { id: 'irc', state: 'running', commands: [] },
      { id: 'gpio', state: 'running', commands: expect.arrayContaining(['!lamp']) },
    ]);
  });

  it('estop takes everything off and keeps it off until it is released', async () => {
    await startBot();
    await run('gadgets', 'lamp', 'on');
    expect(await run('estop')).toMatchObject({ code: 0 });
    expect((await run('status')).stdout).toContain('Emergency stop by pertybot estop');
    expect(await run('gadgets', 'lamp', 'on')).toMatchObject({ code: 1 });
    expect(await run('estop', '--release')).toMatchObject({ code: 0 });
    expect(await run('gadgets', 'lamp', 'on')).toMatchObject({ code: 0 });
  });

  it('estop holds for the next bot where none runs', async () => {
    expect((await run('estop')).stdout).toContain('The next one starts with everything off');
    const latch = await readFile(folder.file('.pertybot/estop.json'), 'utf8');
    expect(JSON.parse(latch)).toMatchObject({ by: 'pertybot estop' });
  });

  it('plugins restart takes one down and up again, and says which there are', async () => {
    await startBot();
    await run('gadgets', 'lamp', 'on');
    expect(await run('plugins', 'restart', 'gpio')).toMatchObject({
      code: 0,
      stdout: 'Restarted gpio, and what needs it.\n',
    });
    expect((await run('status')).stdout).toContain('○ lamp GPIO17 off');
    const { stderr, code } = await run('plugins', 'restart', 'nope');
    expect(code).toBe(1);
    expect(stderr).toContain('The bot has no plugin "nope". It has oauth, irc, gpio.');
  });

  it('why shows which commands did not run', async () => {
    await startBot();
    bot?.stdin?.write('alice: !lamp on\nbob: !nope\n');
    await until('refusal', 2);
    const { stdout } = await run('why');
    expect(stdout).toMatch(/alice: lamp did not run: this viewer may not\n/);
    expect(stdout).toMatch(/bob: nope did not run: there is no such command\n/);
    expect((await run('why', '@Alice')).stdout).not.toContain('bob');
    expect(JSON.parse((await run('why', 'bob', '--json')).stdout)).toMatchObject([
      { user: 'bob', command: 'nope', reason: 'unknown' },
    ]);
  });
});
