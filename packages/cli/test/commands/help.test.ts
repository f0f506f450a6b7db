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

  it.each([
    ...['init', 'dev', 'start', 'check', 'schema', 'login', 'logout', 'status', 'say', 'gadgets'],
    ...['why', 'estop', 'pinout', 'doctor', 'plugins', 'plugins add', 'plugins remove'],
    ...[
      'plugins enable',
      'plugins disable',
      'plugins restart',
      'plugins search',
      'plugins info',
      'plugins update',
      'plugins create',
      'plugins verify',
    ],
    ...['logs', 'service install', 'service uninstall', 'service start', 'service stop'],
    ...['service status', 'service logs'],
  ])('shows examples in the help of %s', async (command) => {
    const { stdout } = await run(...command.split(' '), '--help');
    expect(stdout).toContain('EXAMPLES');
    expect(stdout).toContain(`pertybot ${command}`);
  });

  it('suggests the command that a misspelt one means, and exits with 2', async () => {
    const { stderr, code } = await run('chekc');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'Error: There is no command "chekc".\nHint: Did you mean: pertybot check\n',
    );
  });

  it('suggests nothing for what resembles no command', async () => {
    const { stderr, code } = await run('xyzzy');
    expect(code).toBe(2);
    expect(stderr).toContain('Hint: See pertybot --help');
  });
});
