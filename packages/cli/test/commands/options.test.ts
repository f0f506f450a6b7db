import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ControlServer } from '../../src/control/control-server.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';
import { runPertybot } from '../support/run-pertybot.js';
import { answerAsBot, gadgetReport, statusReport } from '../support/running-bot.js';

jest.setTimeout(30_000);

let folder: TestFolder;
let server: ControlServer | undefined;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await folder.remove();
});

const run = (words: string) => runInProcess(words.split(' '), folder.path);

describe('words that cannot be meant', () => {
  it.each([
    ['logs --lines', /expects a value/],
    ['logs --lines many', /integer/],
    ['logs --lines 1.5', /integer/],
    ['logs --lines=-1', /greater than or equal to 0/],
    ['status --log-level loud', /Expected --log-level=loud to be one of: debug, info, warn, error/],
    ['status --log-level', /expects/],
    ['status twice', /There is no command "status twice"/],
    ['mqtt setup --port 0', /greater than or equal to 1/],
    ['mqtt setup --port 65536', /less than or equal to 65535/],
    ['mqtt setup --port http', /integer/],
    ['plugins verify --start-timeout 0', /greater than or equal to 1/],
    ['page --role king', /to be one of: viewer, operator, owner/],
    ['page password --role root', /to be one of/],
    ['init --gadget laser', /to be one of: light, relay, buzzer, none/],
    ['init --login carrier-pigeon', /to be one of: auto, browser, device/],
    ['init --upgrade --channel alice', /cannot also be provided/],
    ['init --upgrade --pin GPIO17', /cannot also be provided/],
    ['login --browser --device', /cannot also be provided/],
    ['login --channel alice', /must be provided/],
    ['logout --channel alice', /must be provided/],
    ['plugins create fan --package --add', /cannot also be provided/],
    ['plugins create fan --package --javascript', /cannot also be provided/],
    ['estop --release --dead-bot', /cannot also be provided/],
    ['completion', /required arg/],
    ['completion powershell', /to be one of: bash, zsh, fish/],
    ['say', /required arg/],
    ['plugins add', /required arg/],
    ['plugins remove', /required arg/],
    ['plugins enable', /required arg/],
    ['plugins disable', /required arg/],
    ['plugins restart', /required arg/],
    ['plugins info', /required arg/],
    ['plugins create', /required arg/],
    ['restore', /required arg/],
    ['restore one.tar.gz two.tar.gz', /Unexpected argument/],
    ['backup one two', /Unexpected argument/],
    ['check plugins.yaml', /There is no command/],
    ['estop --release now', /"now" means nothing to estop: nothing was released/],
    ['estop --relaese', /Did you mean: pertybot estop --release/],
    ['stop now', /There is no command/],
  ])('are told with exit code 2, and nothing is done: %s', async (words, message) => {
    const { code, stdout, stderr } = await run(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/\s+/g, ' ')).toMatch(message);
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).toMatch(/^Hint: /m);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await readdir(folder.path)).toEqual(['plugins.yaml']);
  });
});

describe('a folder that is none', () => {
  it.each(['check', 'start', 'estop'])('is no other one: %s', async (command) => {
    const { code, stderr } = await runPertybot([command, '--dir='], { folder: folder.path });
    expect(code).toBe(2);
    expect(stderr).toBe(`Error: --dir names no folder.\nHint: See pertybot ${command} --help\n`);
  });

  it('is told as that, where it is a file', async () => {
    const { stderr } = await runInProcess(['check'], folder.file('plugins.yaml'));
    expect(stderr).toContain('(CONFIG_MISSING)');
    expect(stderr).toMatch(/^Hint: /m);
  });
});

describe('what is well written and cannot be', () => {
  it.each([
    ['init sub --channel two.words --yes', 'CLI_NAME_INVALID'],
    ['init sub --account @ --yes', 'CLI_NAME_INVALID'],
    ['init sub --pin GPIO99 --yes', 'GPIO_PIN_INVALID'],
    ['init --yes', 'CLI_BOT_EXISTS'],
    ['pins log --since soon', ''],
    ['mqtt setup --node a/b --no-check', 'CLI_NODE_INVALID'],
    ['mqtt setup --node a --listen localhost --no-check', 'CLI_ADDRESS_INVALID'],
    ['mqtt setup --no-check', 'CLI_NODE_INVALID'],
    ['plugins enable nothing', 'CLI_PLUGIN_UNKNOWN'],
    ['plugins create Party_Lights', 'CLI_PLUGIN_NAME_INVALID'],
    ['plugins add ./nowhere.ts', 'CLI_PLUGIN_UNKNOWN'],
    ['restore nothing.tar.gz', 'CLI_BACKUP_INVALID'],
    ['say hello', 'CLI_BOT_NOT_RUNNING'],
    ['why', 'CLI_BOT_NOT_RUNNING'],
    ['rewards', 'CLI_BOT_NOT_RUNNING'],
    ['stop', 'CLI_BOT_NOT_RUNNING'],
    ['plugins restart gpio', 'CLI_BOT_NOT_RUNNING'],
    ['logs', 'CLI_NO_LOGS'],
  ])('ends with 1 or 2, a sentence and what to do: %s', async (words, error) => {
    const { code, stderr } = await run(words);
    expect(code === 1 || code === 2).toBe(true);
    expect(stderr).toMatch(/^Error: .+\n/);
    if (error !== '') expect(stderr).toContain(`(${error})`);
    expect(stderr).toMatch(/^Hint: /m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    'check',
    'gadgets',
    'pinout',
    'pins log',
    'plugins',
    'plugins outdated',
    'schema',
    'why',
  ])('says that a folder is no bot’s, and makes nothing in it: %s', async (words) => {
    const empty = await makeBotFolder({});
    const { code, stderr } = await runInProcess(words.split(' '), empty.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Hint: /m);
    expect(await readdir(empty.path)).toEqual([]);
    await empty.remove();
  });
});

describe('what a running bot is asked for', () => {
  it('is what was written, and what it says is printed', async () => {
    server = await answerAsBot(folder, {
      say: { done: true, text: 'Said.' },
      gadget: { done: true, text: 'lamp is on.' },
      restart: { done: true, text: 'Restarted gpio.' },
      status: statusReport({ gadgets: [gadgetReport('lamp')] }),
      refusals: [],
      reactions: [],
      rewards: [],
    });
    const printed = async (words: string) => {
      const { code, stdout, stderr } = await run(words);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return stdout;
    };
    expect(await printed('say hello')).toBe('Said.\n');
    expect(JSON.parse(await printed('say hello --json'))).toEqual({ ok: true, text: 'Said.' });
    expect(await printed('gadgets lamp on')).toBe('lamp is on.\n');
    expect(JSON.parse(await printed('gadgets lamp on --json'))).toEqual({
      ...{ ok: true, text: 'lamp is on.' },
    });
    expect(await printed('gadgets')).toMatch(/^lamp {2}light {2}GPIO17/);
    expect(await printed('plugins restart gpio')).toBe('Restarted gpio.\n');
    expect(await printed('why')).toBe('Every command ran.\n');
    expect(await printed('rewards')).toContain('The bot has no rewards');
  });

  it('is told with exit code 1 where it did not do it, in words or in JSON', async () => {
    server = await answerAsBot(folder, { gadget: { done: false, text: 'lamp rests.' } });
    expect(await run('gadgets lamp on')).toMatchObject({
      ...{ code: 1, stdout: '', stderr: expect.stringContaining('Error: lamp rests.') },
    });
    const { stdout } = await run('gadgets lamp on --json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'CLI_BOT_REFUSED' });
  });
});
