import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { type Run, runPertybot } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

const secret = 'hushhushhushhushhush';
const botFile = `plugins:
  - use: oauth
    config:
      clientId: demo
      clientSecret: \${CLIENT_SECRET}
      accessToken: \${BOT_TOKEN}
      login: \${BOT_TOKEN}
  - use: gpio
    config: { driver: simulated }
  - use: ./broken.js
`;

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': botFile,
    '.env': `CLIENT_SECRET=${secret}\nBOT_TOKEN=${secret}\n`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the plugin
    'broken.js': 'throw new Error(`it broke with ${process.env.BOT_TOKEN ?? ""}`);\n',
  });
});
afterEach(() => folder.remove());

const run = (words: readonly string[], environment: Record<string, string> = {}): Promise<Run> =>
  // `start` is a program beside the others, and chalk looks at the environment when it is loaded.
  ('FORCE_COLOR' in environment || words[0] === 'start' ? runPertybot : askPertybot)(words, {
    folder: folder.path,
    environment,
  });

describe('what every command writes', () => {
  it.each([
    ['check'],
    ['check', '--json'],
    ['doctor', '--no-network'],
    ['doctor', '--no-network', '--json'],
    ['status'],
    ['plugins'],
    ['plugins', '--json'],
    ['start', '--log-level', 'debug'],
    ['dev', '--json', '--verbose'],
    ['login', '--verbose'],
    ['pinout'],
    ['schema'],
  ])('has no secret and no stack trace: %s', async (...words) => {
    const { stdout, stderr } = await run(words, { BOT_TOKEN: secret });
    expect(stdout + stderr).not.toContain(secret);
    if (!words.includes('--verbose')) expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect(stdout + stderr).not.toBe('');
  });

  it('shows the stack trace with --verbose alone', async () => {
    expect((await run(['say', 'x', '--verbose'])).stderr).toMatch(/^\s+at /m);
    expect((await run(['say', 'x'])).stderr).not.toMatch(/^\s+at /m);
  });

  it('has colours where they are wanted', async () => {
    const isColoured = async (environment: Record<string, string>) => {
      const { stdout, stderr } = await run(['plugins'], environment);
      return `${stdout}${stderr}`.includes('\u001b[');
    };
    expect(await isColoured({})).toBe(false);
    expect(await isColoured({ FORCE_COLOR: '1' })).toBe(true);
    expect(await isColoured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });
});
