import { afterEach, describe, expect, it } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';

let folder: TestFolder | undefined;
afterEach(() => folder?.remove());

async function check(yaml: string, ...words: string[]) {
  folder = await makeBotFolder({ 'plugins.yaml': yaml });
  return runInProcess(['check', ...words], folder.path);
}

describe('pertybot check', () => {
  it('says that a good file is fine, and which plugins start', async () => {
    const { stdout, code } = await check(
      'plugins:\n  - use: gpio\n  - use: texts\n    enabled: false\n',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('plugins.yaml is fine: gpio.');
  });

  it('shows every fault with its line, and exits with 1', async () => {
    const { stderr, code } = await check('prefx: "?"\nplugins:\n  - use: gpoi\n  - use: irc\n');
    expect(code).toBe(1);
    expect(stderr).toMatch(/plugins\.yaml:1:1 /);
    expect(stderr).toMatch(/plugins\.yaml:3:10 /);
    expect(stderr).toMatch(/plugins\.yaml:4:/);
  });

  it('gives the same as JSON', async () => {
    const { stdout, code } = await check('plugins:\n  - use: gpoi\n', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      code: 'CONFIG_INVALID',
      problems: [{ position: { line: 2, column: 10 } }],
    });
  });

  it('says where it looked when there is no file', async () => {
    folder = await makeBotFolder({});
    const { stderr, code } = await runInProcess(['check'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no "${folder.file('plugins.yaml')}".`);
    expect(stderr).toContain('--dir');
  });

  it('exits with 2 when it is called in a wrong way', async () => {
    const { stderr, code } = await runInProcess(['check', '--nope'], __dirname);
    expect(code).toBe(2);
    expect(stderr).toContain('pertybot check --help');
  });
});
