import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { takeBotLock } from '../../src/bot-process/bot-lock.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { type Run, runPertybot, startPertybot } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

let folder: TestFolder;
let bot: ChildProcess | undefined;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': 'plugins:\n  - use: ./idle.js\n',
    'idle.js': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'idle',
  start({ log }) { process.on('SIGUSR2', () => log.info('SIGUSR2 came.')); },
});
`,
    'gpio586/value': '1\n',
  });
});
afterEach(async () => {
  if (bot && bot.exitCode === null && bot.signalCode === null) {
    bot.kill('SIGKILL');
    await once(bot, 'exit');
  }
  bot = undefined;
  await folder.remove();
});

const run = (...words: string[]): Promise<Run> => askPertybot(words, { folder: folder.path });

/** Leaves an output on, as a bot that died would have. */
async function leavePinOn(valueFile = folder.file('gpio586/value')): Promise<void> {
  const pin = { driver: 'onoff', valueFile, offset: 17, safe: 0 };
  await mkdir(folder.file('.pertybot'), { recursive: true });
  await writeFile(folder.file('.pertybot/pins.json'), JSON.stringify({ pins: [pin] }));
}

/** Starts `pertybot start`; what it logs is called with each line. */
async function startBot(): Promise<(text: string) => Promise<void>> {
  bot = startPertybot(['start'], { folder: folder.path });
  if (!bot.stderr) throw new Error('The bot has no log.');
  const lines = createInterface({ input: bot.stderr });
  const seen: string[] = [];
  lines.on('line', (line) => seen.push(line));
  const logged = async (text: string) => {
    while (!seen.some((line) => line.includes(text))) await once(lines, 'line');
  };
  await logged('The bot is ready.');
  return logged;
}

const level = () => readFile(folder.file('gpio586/value'), 'utf8');
const latched = async () => (await readdir(folder.file('.pertybot'))).includes('estop.json');

describe('pertybot estop', () => {
  it('switches off what a dead bot left on, and says so of each pin', async () => {
    await leavePinOn();
    const { stdout, code } = await run('estop');
    expect({ stdout, code }).toEqual({
      stdout:
        'No bot runs. The next one starts with everything off, until you release it.\nGPIO17 is off.\n',
      code: 0,
    });
    expect(await level()).toMatch(/^0/);
    expect(await latched()).toBe(true);
  });

  it('stops everything though a word is added that it does not know, and says so', async () => {
    await leavePinOn();
    const { stdout, stderr, code } = await run('estop', 'now', 'lamp');
    expect(stdout).toContain('GPIO17 is off.');
    expect(stderr).toContain('"now lamp" means nothing to estop, and was passed over.');
    expect(code).toBe(0);
    expect(await latched()).toBe(true);
    const words = Array.from({ length: 10_000 }, (_, index) => `${index}`);
    const many = await runPertybot(['estop', ...words], { folder: folder.path });
    expect(many).toMatchObject({
      code: 0,
      stderr: '"0 1 2 3 4 …" means nothing to estop, and was passed over.\n',
    });
    const release = await run('estop', '--release', 'lamp');
    expect(release).toMatchObject({ code: 2, stdout: '' });
    expect(release.stderr).toContain('"lamp" means nothing to estop: nothing was released.');
    expect(await latched()).toBe(true);
  });

  it('says which pin may be on, and exits with 1', async () => {
    await mkdir(folder.file('gpio587/value'), { recursive: true });
    await leavePinOn(folder.file('gpio587/value'));
    const { stdout, code } = await run('estop');
    expect(stdout).toMatch(/\nGPIO17 may be on: .*EISDIR/);
    expect(code).toBe(1);
  });

  it('sets the pins itself when the bot does not answer within two seconds', async () => {
    await startBot();
    await leavePinOn();
    bot?.kill('SIGSTOP');
    const { stdout, code } = await run('estop');
    expect(stdout).toBe(
      'The outputs are set without the bot: The running bot did not answer within 2 s.\n' +
        `Process ${bot?.pid}, which runs the bot, was sent SIGUSR2.\nGPIO17 is off.\n`,
    );
    expect(code).toBe(0);
    expect(await level()).toMatch(/^0/);
    expect(await latched()).toBe(true);
  });

  it('signals a bot whose socket is gone', async () => {
    const logged = await startBot();
    await leavePinOn();
    await rm(folder.file('.pertybot/control.sock'));
    const { stdout } = await run('estop');
    expect(stdout).toContain(`Process ${bot?.pid}, which runs the bot, was sent SIGUSR2.`);
    await logged('SIGUSR2 came.');
  });

  it('signals no process that the lock names and that is not the bot, and goes on to the pins', async () => {
    await leavePinOn();
    // This process: it would not outlive the signal.
    const lock = await takeBotLock(folder.file('.pertybot'), 'pertybot start');
    try {
      const { stdout, code } = await run('estop');
      expect(stdout).toBe(
        `Process ${process.pid} was sent nothing: it does not listen to that signal.\nGPIO17 is off.\n`,
      );
      expect(code).toBe(0);
    } finally {
      await lock.release();
    }
  });

  it('says that it does not know the outputs where the list is torn and plugins.yaml is gone', async () => {
    await mkdir(folder.file('.pertybot'), { recursive: true });
    await writeFile(folder.file('.pertybot/pins.json'), '{"pins":[');
    await rm(folder.file('plugins.yaml'));
    const { stdout, code } = await run('estop');
    expect(stdout).toContain('Which outputs there are is not known: There is no "');
    expect(code).toBe(1);
  });

  it('still stops everything where it cannot be latched', async () => {
    await leavePinOn();
    await mkdir(folder.file('.pertybot/estop.json'));
    const { stdout, code } = await run('estop');
    expect(stdout).toMatch(/GPIO17 is off\.\nThe stop holds, but its file could not be written: /);
    expect(code).toBe(1);
    expect(await level()).toMatch(/^0/);
    const locked = await run('estop', '--release');
    expect(locked.stderr).toContain('The emergency stop stays');
    expect(locked.code).toBe(1);
  });
});

describe('pertybot estop --dead-bot', () => {
  it('switches off what was left on, once, and latches nothing', async () => {
    await leavePinOn();
    await writeFile(folder.file('unexport'), '');
    expect(await run('estop', '--dead-bot')).toMatchObject({ stdout: 'GPIO17 is off.\n', code: 0 });
    expect(await level()).toMatch(/^0/);
    expect(await latched()).toBe(false);
    expect((await run('estop', '--dead-bot')).stdout).toBe('No pin was left on.\n');
  });

  it('switches off every configured output where the list is torn or lost', async () => {
    const noBoard = 'driver: chardev, gadgets: { lamp: { type: light, pin: GPIO17 } }';
    await writeFile(
      folder.file('plugins.yaml'),
      `plugins:\n  - { use: gpio, config: { ${noBoard} } }\n`,
    );
    for (const prepare of [
      () => writeFile(folder.file('.pertybot/pins.json'), '{"pins": ['),
      () => rm(folder.file('.pertybot/pins.json')),
    ]) {
      await mkdir(folder.file('.pertybot'), { recursive: true });
      await prepare();
      const { stdout, code } = await run('estop', '--dead-bot');
      expect(stdout).toMatch(/^GPIO17 may be on: /);
      expect(code).toBe(1);
    }
  });

  it('needs no list after a clean end of a service', async () => {
    await writeFile(folder.file('plugins.yaml'), 'plugins: nonsense\n');
    process.env.SERVICE_RESULT = 'success';
    try {
      expect(await run('estop', '--dead-bot')).toMatchObject({
        stdout: 'No pin was left on.\n',
        code: 0,
      });
    } finally {
      delete process.env.SERVICE_RESULT;
    }
    const { stdout, code } = await run('estop', '--dead-bot');
    expect(stdout).toMatch(/^An output may be on: plugins\.yaml does not say which/);
    expect(code).toBe(1);
  });

  it('leaves a living bot alone', async () => {
    await startBot();
    await leavePinOn();
    expect((await run('estop', '--dead-bot')).stdout).toBe('A bot runs; its pins are its own.\n');
    expect(await level()).toBe('1\n');
  });
});

describe('an emergency stop that nobody sees', () => {
  it('is named by status, doctor and check while no bot runs, with its end', async () => {
    await run('estop');
    for (const words of [['status'], ['doctor', '--no-network'], ['check']]) {
      const { stdout } = await run(...words);
      const text = stdout.replace(/\s+/g, ' ');
      expect(text).toMatch(/emergency stop is engaged, by pertybot estop at \d{4}-/);
      expect(text).toContain('pertybot estop --release');
    }
    await run('estop', '--release');
    for (const words of [['status'], ['check']]) {
      expect((await run(...words)).stdout).not.toContain('emergency stop');
    }
  });

  it('promises nothing of a stop that could not be written', async () => {
    await symlink(folder.file('nowhere'), folder.file('.pertybot'));
    const { stdout, code } = await run('estop');
    expect(stdout).toMatch(
      /^No bot runs\.\nThe stop (holds until this machine restarts|ends with a restart): /,
    );
    expect(code).toBe(1);
  });

  it('says what is in the way of a release, and to remove it', async () => {
    await mkdir(folder.file('.pertybot/estop.json'), { recursive: true });
    const first = await run('estop', '--release');
    expect(first.stderr.replace(/\s+/g, ' ')).toContain('That is a folder; remove it: rm -r');
    await rm(folder.file('.pertybot'), { recursive: true, maxRetries: 9 });
    await writeFile(folder.file('.pertybot'), '');
    const second = await run('estop', '--release');
    expect(second.stderr.replace(/\s+/g, ' ')).toContain('is no folder; remove it');
    expect([first.code, second.code]).toEqual([1, 1]);
  });

  it("shows a stranger's sentence in the latch as one line of plain text, and keeps it a stop", async () => {
    const by = '\u001b[2J\u001b]0;owned\u0007nobody\nReleased. All is well.\u202e';
    await mkdir(folder.file('.pertybot'), { recursive: true });
    const record = { by, at: '\u001b[31mnever\r\n', more: 'a'.repeat(100) };
    await writeFile(folder.file('.pertybot/estop.json'), JSON.stringify(record));
    for (const words of [['status'], ['check'], ['doctor', '--no-network'], ['status', '--json']]) {
      const { stdout, stderr } = await run(...words);
      const told = `${stdout}${stderr}`;
      expect(told).toContain('The emergency stop is engaged, by ');
      expect(told).not.toMatch(/^Released/m);
      expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    }
    expect(await latched()).toBe(true);
  });

  it('releases a stop whose folder is a link to nowhere', async () => {
    await symlink(folder.file('nowhere'), folder.file('.pertybot'));
    const engaged = await run('estop');
    expect(engaged).toMatchObject({ code: 1 });
    expect(engaged.stdout).toContain('The stop holds until this machine restarts');
    const released = await run('estop', '--release');
    expect(released).toMatchObject({ code: 0, stdout: 'Released. No bot runs.\n' });
    expect((await run('estop', '--release')).stdout).toBe('There was no stop, and no bot runs.\n');
    expect(await readdir(folder.path)).not.toContain('nowhere');
  });
});
