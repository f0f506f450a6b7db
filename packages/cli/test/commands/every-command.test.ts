import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { repository, runPertybot } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

/** The words of every command there is, so that a new one cannot be forgotten here. */
const commands = readdirSync(join(repository, 'packages', 'cli', 'src', 'commands'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/(?:.index)?\.ts$/, '').split(sep))
  .sort();

/** What a command cannot do without, by its name. */
const needed: Readonly<Record<string, readonly string[]>> = {
  say: ['hello'],
  gadgets: ['lamp', 'on'],
  'plugins search': ['--json'],
  completion: ['bash'],
  'plugins outdated': [],
  restore: ['nothing.tar.gz'],
};

/** These have no JSON, or a stream of it. */
const silent = ['completion', 'dev', 'help', 'login', 'start'];

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({});
});
afterEach(() => folder.remove());

describe.each(commands.map((words) => [words.join(' '), words] as const))(
  'pertybot %s',
  (name, words) => {
    it('has examples in its help', async () => {
      const { stdout, code } = await askPertybot([...words, '--help'], { folder: folder.path });
      expect(code).toBe(0);
      // Help for help is all there is to help with.
      if (name === 'help') return;
      expect(stdout).toContain('EXAMPLES');
      expect(stdout).toContain(`pertybot ${name}`);
      // At 80 columns nothing is cut by the terminal.
      expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('$ '))).toEqual(
        [],
      );
    });

    it('ends with 2 and points to its help when it is used wrongly', async () => {
      const { stderr, code } = await askPertybot([...words, '--nonsense'], { folder: folder.path });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^Error: .*\n/);
      expect(stderr).toContain(`\nHint: See pertybot ${name} --help\n`);
      expect(stderr).not.toMatch(/^\s+at /m);
    });

    it('knows which flag a misspelt one means', async () => {
      const { stderr, code } = await askPertybot([...words, '--verbsoe'], { folder: folder.path });
      expect(code).toBe(2);
      expect(stderr).toContain(`\nHint: Did you mean: pertybot ${name} --verbose\n`);
    });

    it('answers in JSON, where it has JSON, also when it is used wrongly', async () => {
      const { stdout: help } = await askPertybot([...words, '--help'], { folder: folder.path });
      if (!help.includes('--json') || silent.includes(name)) {
        // They talk with somebody, print a script, or tell JSON line by line.
        expect(silent).toContain(name);
        return;
      }
      const { stdout, stderr, code } = await askPertybot([...words, '--json', '--nonsense'], {
        folder: folder.path,
      });
      expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'USAGE' });
    });
  },
);

/** What needs a bot says so; the others make one, look at the machine, or stop one in any case. */
const botless = [
  'init',
  'doctor',
  'estop',
  'logout',
  'plugins search',
  'plugins create',
  'help',
  'completion',
  'pi user-data',
];

describe.each(
  commands
    .map((words) => [words.join(' '), words] as const)
    .filter(([name]) => !botless.includes(name)),
)('pertybot %s', (name, words) => {
  it('says in a sentence that a folder is no bot, and leaves nothing in it', async () => {
    // `start` is a program beside the others.
    const run = name === 'start' ? runPertybot : askPertybot;
    const { stdout, stderr, code } = await run(
      [...words, ...(needed[name] ?? (/plugins ./.test(name) ? ['x'] : []))],
      { folder: folder.path, environment: { NO_COLOR: '1' } },
    );
    expect({ stdout, stderr, code }).toMatchObject({ code: 1 });
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder.path)).toEqual([]);
    if (silent.includes(name)) return;
    const answer = await askPertybot(
      [...words, ...(needed[name] ?? (/plugins ./.test(name) ? ['x'] : [])), '--json'],
      { folder: folder.path },
    );
    // What it says of it, in one piece: an answer, or a fault.
    expect(answer.code).toBe(1);
    expect(() => JSON.parse(answer.stdout)).not.toThrow();
  });
});
