import { once } from 'node:events';
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import {
  eventsOf,
  type Run,
  repository,
  runPertybot,
  startPertybot,
} from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({});
});
afterEach(() => folder.remove());

const words = ['init', 'my-bot', '--no-install'];
const init = (...more: string[]): Promise<Run> =>
  askPertybot([...words, ...more], { folder: folder.path });
const read = (name: string) => readFile(folder.file(`my-bot/${name}`), 'utf8');

describe('pertybot init', () => {
  it('makes a bot that runs as it is', async () => {
    const { stdout, code } = await runPertybot(words, { folder: folder.path });
    expect(code).toBe(0);
    expect(stdout).toMatch(/Next:\n {2}cd my-bot\n {2}npx pertybot dev /);
    const dev = await askPertybot(['dev', '--json'], {
      folder: folder.file('my-bot'),
      input: '!lamp on\n!roll 20\n!hello\n',
    });
    expect(dev).toMatchObject({ code: 0, stderr: '' });
    expect(eventsOf(dev)).toContainEqual(expect.objectContaining({ pin: 'GPIO17', on: true }));
  });

  it('writes what the flags say', async () => {
    await init(
      '--channel',
      '#Popular',
      '--account',
      'MyBot',
      '--gadget',
      'buzzer',
      '--pin',
      'BOARD13',
    );
    const yaml = await read('plugins.yaml');
    expect(yaml).toContain('channels: [popular]');
    expect(yaml).toContain('account: mybot');
    expect(yaml).toContain('horn: { type: buzzer, pin: GPIO27, maxOn: 2s }');
    expect(JSON.parse(await read('package.json'))).toMatchObject({
      name: 'my-bot',
      dependencies: { pertybot: expect.stringMatching(/^\^\d/) },
    });
  });

  it('keeps secrets out of git and from other people', async () => {
    await init();
    expect((await stat(folder.file('my-bot/.env'))).mode & 0o777).toBe(0o600);
    expect(await read('.gitignore')).toMatch(/^\.env$/m);
    expect(await read('.gitignore')).toMatch(/^\.pertybot\/$/m);
  });

  it('never overwrites a file', async () => {
    await mkdir(folder.file('my-bot'));
    await writeFile(folder.file('my-bot/package.json'), '{"mine":true}');
    const { stdout } = await init();
    expect(stdout).toContain('Kept package.json as it was.');
    expect(await read('package.json')).toBe('{"mine":true}');
    const again = await init();
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('holds a bot already');
  });

  it('says what is no name and no pin', async () => {
    expect((await init('--channel', 'my channel')).stderr).toContain('can be no name at Twitch');
    expect((await init('--pin', 'GPIO99')).stderr).toContain(
      '"GPIO99" is not on the 40-pin header',
    );
    expect(await init('--gadget', 'laser')).toMatchObject({ code: 2 });
  });

  it('says that a folder cannot be written, without a stack', async () => {
    // Root may write anywhere, so a file stands in the way instead of a mode.
    await writeFile(folder.file('my-bot'), '');
    await chmod(folder.file('my-bot'), 0o400);
    const { stderr, code } = await init();
    expect(code).toBe(1);
    expect(stderr).toMatch(/"[^"]*my-bot[^"]*" cannot be written: a file is in the way\./);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  describe('where PertyBot is not installed', () => {
    const install = (plan: string): Promise<Run> =>
      askPertybot(['init', 'my-bot'], {
        folder: folder.path,
        environment: {
          PATH: `${join(__dirname, '..', 'fixtures', 'fake-npm')}${delimiter}${process.env.PATH}`,
          FAKE_NPM: plan,
          FAKE_NPM_LOG: folder.file('npm.log'),
        },
      });

    it('says that the bot is written, and what is left to do, when npm fails', async () => {
      const { stdout, stderr, code } = await install('all-ENOTFOUND');
      expect(code).toBe(1);
      expect(stdout).toContain('Wrote plugins.yaml');
      expect(stderr).toContain(
        'Error: The bot is written, but PertyBot is not installed in it. npm install failed: The npm registry cannot be reached. (CLI_NPM_FAILED)\n' +
          `Hint: Check the network and try again. Then run in "${folder.file('my-bot')}": npm install\n`,
      );
      expect(await read('plugins.yaml')).toContain('use: gpio');
    });

    it('says so, too, when Ctrl-C ends it', async () => {
      const child = startPertybot(['init', 'my-bot'], {
        folder: folder.path,
        environment: {
          PATH: `${join(__dirname, '..', 'fixtures', 'fake-npm')}${delimiter}${process.env.PATH}`,
          FAKE_NPM: 'all-hang',
          FAKE_NPM_LOG: folder.file('npm.log'),
        },
      });
      child.stdin?.end();
      child.stderr?.once('data', () => child.kill('SIGINT'));
      let told = '';
      child.stderr?.on('data', (part) => {
        told += part;
      });
      await once(child, 'close');
      expect(told).toContain(
        'PertyBot is not installed in it. It was interrupted. (CLI_INTERRUPTED)\n',
      );
      expect(told).toContain(`Hint: Run in "${folder.file('my-bot')}": npm install\n`);
    });

    it('says which plugin does not load, and installs nothing over it', async () => {
      for (const name of ['core', 'plugin-oauth', 'plugin-irc']) {
        const way = join(repository, 'packages', name);
        await mkdir(folder.file('node_modules/@pertybot'), { recursive: true });
        await symlink(way, folder.file(`node_modules/@pertybot/${name}`));
      }
      await mkdir(folder.file('node_modules/@pertybot/plugin-gpio'));
      await writeFile(
        folder.file('node_modules/@pertybot/plugin-gpio/package.json'),
        '{ "name": "@pertybot/plugin-gpio", "main": "index.js" }',
      );
      await writeFile(
        folder.file('node_modules/@pertybot/plugin-gpio/index.js'),
        'throw new Error("broken");',
      );
      const { stderr, code } = await install('ok');
      expect(code).toBe(1);
      expect(stderr).toBe(
        'Error: The bot is written, but cannot run yet: The plugin "gpio" cannot be loaded: broken (CLI_PLUGIN_REFUSED)\n' +
          'Hint: Install that anew: npm install @pertybot/plugin-gpio. Then run: npx pertybot dev\n',
      );
    });
  });
});
