import { describe, expect, it, jest } from '@jest/globals';
import { runPertybot } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(90_000);

const run = (...words: string[]) => askPertybot(words, { folder: __dirname });

describe('pertybot', () => {
  it('tells its version', async () => {
    expect((await run('--version')).stdout).toMatch(/^pertybot\/\d+\.\d+\.\d+ /);
  });

  it('lists its commands without being asked anything', async () => {
    const { stdout, code } = await runPertybot([], { folder: __dirname });
    expect(code).toBe(0);
    expect(stdout).toMatch(/dev .*Try the bot/);
  });

  it('suggests the command that a misspelt one means, and exits with 2', async () => {
    const { stderr, code } = await runPertybot(['chekc'], { folder: __dirname });
    expect(code).toBe(2);
    expect(stderr).toBe(
      'Error: There is no command "chekc".\nHint: Did you mean: pertybot check\n',
    );
  });

  it('points to the help of a command that takes no words', async () => {
    expect(await run('check', 'extra')).toMatchObject({
      code: 2,
      stderr: 'Error: There is no command "check extra".\nHint: See pertybot check --help\n',
    });
  });

  it('suggests nothing for what resembles no command', async () => {
    const { stderr, code } = await run('xyzzy');
    expect(code).toBe(2);
    expect(stderr).toContain('Hint: See pertybot --help');
  });

  it.each(['--dir', '--dir=/x', '--log-level'])(
    'says of %s before a command where it goes',
    async (option) => {
      const name = option.replace('=/x', '');
      expect(await run(option, 'check')).toMatchObject({
        code: 2,
        stderr: `Error: The option "${name}" stands before the command.\nHint: Options come last, as in: pertybot check ${name} …\n`,
      });
    },
  );

  it.each([['-v'], ['version']])('tells its version for %s, too', async (word) => {
    expect((await run(word)).stdout).toBe((await run('--version')).stdout);
  });

  it('helps in every way that people try', async () => {
    const { stdout: all } = await run('--help');
    expect(await run('-h')).toMatchObject({ code: 0, stdout: all });
    expect(await run('help')).toMatchObject({ code: 0, stdout: all });
    const { stdout: add } = await run('plugins', 'add', '--help');
    expect(add).toContain('USAGE\n  $ pertybot plugins add');
    expect(await run('help', 'plugins', 'add')).toMatchObject({ code: 0, stdout: add });
    expect(await run('plugins', 'add', '-h')).toMatchObject({ code: 0, stdout: add });
    const { stdout: plugins } = await run('plugins', '--help');
    expect(await run('plugins', '-h')).toMatchObject({ code: 0, stdout: plugins });
  });

  it('suggests in its help, too', async () => {
    expect(await run('help', 'plugins', 'ad')).toMatchObject({
      code: 2,
      stderr:
        'Error: There is no command "plugins ad".\nHint: Did you mean: pertybot plugins add\n',
    });
  });

  it('suggests for a misspelt word of a longer command, and keeps what follows', async () => {
    expect((await run('plugins', 'ad', 'foo')).stderr).toContain(
      'Hint: Did you mean: pertybot plugins add foo\n',
    );
    expect((await run('plugns', 'add', 'foo')).stderr).toContain(
      'Hint: Did you mean: pertybot plugins add foo\n',
    );
  });

  it('answers a misspelt command in JSON where that is wanted', async () => {
    const { stdout, stderr, code } = await run('chekc', '--json');
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      code: 'USAGE',
      message: 'There is no command "chekc".',
      hint: 'Did you mean: pertybot check',
    });
  });

  it('suggests the flag that a misspelt one means', async () => {
    expect(await run('dev', '--jsno')).toMatchObject({
      code: 2,
      stderr: 'Error: Nonexistent flag: --jsno\nHint: Did you mean: pertybot dev --json\n',
    });
  });
});
