import { describe, expect, it } from '@jest/globals';
import { runPertybot } from '../support/run-pertybot.js';

const run = (...words: string[]) => runPertybot(words, { folder: __dirname });

describe('pertybot', () => {
  it('tells its version', async () => {
    expect((await run('--version')).stdout).toMatch(/^pertybot\/\d+\.\d+\.\d+ /);
  });

  it('lists its commands without being asked anything', async () => {
    const { stdout, code } = await run();
    expect(code).toBe(0);
    expect(stdout).toMatch(/dev .*Try the bot/);
  });

  it('suggests the command that a misspelt one means, and exits with 2', async () => {
    const { stderr, code } = await run('chekc');
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
});
