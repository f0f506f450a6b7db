import { afterEach, describe, expect, it } from '@jest/globals';
import { runCommand } from '@oclif/test';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { repository } from '../support/run-pertybot.js';

const root = `${repository}/packages/cli`;

let folder: TestFolder | undefined;
afterEach(() => folder?.remove());

async function check(yaml: string, ...words: string[]) {
  folder = await makeBotFolder({ 'plugins.yaml': yaml });
  return runCommand(['check', '--dir', folder.path, ...words], { root });
}

describe('pertybot check', () => {
  it('says that a good file is fine, and which plugins start', async () => {
    const { stdout, error } = await check('plugins:\n  - use: gpio\n  - use: texts\n    enabled: false\n');
    expect(error).toBeUndefined();
    expect(stdout).toContain('plugins.yaml is fine: gpio.');
  });

  it('shows every fault with its line, and exits with 1', async () => {
    const { stderr, error } = await check('prefx: "?"\nplugins:\n  - use: gpoi\n  - use: irc\n');
    expect(error?.oclif?.exit).toBe(1);
    expect(stderr).toMatch(/plugins\.yaml:1:1 /);
    expect(stderr).toMatch(/plugins\.yaml:3:10 /);
    expect(stderr).toMatch(/plugins\.yaml:4:/);
  });

  it('gives the same as JSON', async () => {
    const { stdout, error } = await check('plugins:\n  - use: gpoi\n', '--json');
    expect(error?.oclif?.exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      code: 'CONFIG_INVALID',
      problems: [{ position: { line: 2, column: 10 } }],
    });
  });

  it('says where it looked when there is no file', async () => {
    folder = await makeBotFolder({});
    const { stderr, error } = await runCommand(['check', '--dir', folder.path], { root });
    expect(error?.oclif?.exit).toBe(1);
    expect(stderr).toContain(`There is no "${folder.file('plugins.yaml')}".`);
    expect(stderr).toContain('--dir');
  });

  it('exits with 2 when it is called in a wrong way', async () => {
    const { stderr, error } = await runCommand(['check', '--nope'], { root });
    expect(error?.oclif?.exit).toBe(2);
    expect(stderr).toContain('pertybot check --help');
  });
});
