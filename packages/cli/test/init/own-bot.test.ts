import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { eventsOf, repository, runPertybot } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

// It packs all packages with the real npm.
jest.setTimeout(240_000);

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({});
});
afterEach(() => folder.remove());

const npm = join(__dirname, '..', 'fixtures', 'unpacking-npm');
const init = (...words: string[]) =>
  askPertybot(['init', 'my-bot', '--yes', ...words], {
    folder: folder.path,
    environment: {
      PATH: `${npm}${delimiter}${process.env.PATH}`,
      REPOSITORY: repository,
      PACKED: folder.file('packed'),
      // As `npm run` has it, which npm in the folder of the bot would obey.
      npm_config_local_prefix: repository,
    },
  });
const manifest = async () => JSON.parse(await readFile(folder.file('my-bot/package.json'), 'utf8'));

describe('pertybot init from a checkout', () => {
  it('makes a bot that has all of PertyBot in its folder, runs, and can be upgraded', async () => {
    const made = await init();
    expect(made).toMatchObject({ code: 0 });
    expect(made.stdout).toContain('Packed PertyBot into packages/, and installed it from there.');

    const { dependencies, devDependencies } = await manifest();
    const own = Object.keys({ ...dependencies, ...devDependencies });
    expect(own).toEqual(
      expect.arrayContaining(['pertybot', '@pertybot/core', '@pertybot/testing']),
    );
    for (const spec of Object.values({ ...dependencies, ...devDependencies })) {
      expect(spec).toMatch(/^file:packages\/pertybot-.*\.tgz$/);
    }
    for (const name of own) {
      const place = folder.file(`my-bot/node_modules/${name}`);
      expect(await realpath(place)).toBe(place);
    }
    expect(existsSync(folder.file('my-bot/.pertybot/plugins.schema.json'))).toBe(true);

    const run = (words: readonly string[], input = '') =>
      runPertybot(words, {
        folder: folder.file('my-bot'),
        input,
        environment: { TWITCH_CLIENT_ID: 'demo' },
        program: folder.file('my-bot/node_modules/pertybot/bin/run.js'),
      });
    expect(await run(['check'])).toMatchObject({ code: 0 });
    const dev = await run(['dev', '--json'], '!lamp on\n');
    expect(dev.code).toBe(0);
    expect(eventsOf(dev)).toContainEqual(expect.objectContaining({ gadget: 'lamp', on: true }));

    // What an earlier upgrade brought, and what a stranger put there.
    await writeFile(folder.file('my-bot/packages/pertybot-core-0.0.9-01234567.tgz'), 'old');
    await writeFile(folder.file('my-bot/packages/pertybot-plugin-fan-1.2.3.tgz'), 'a stranger');
    expect(await init('--upgrade')).toMatchObject({ code: 0 });
    const left = await readdir(folder.file('my-bot/packages'));
    expect(left).toContain('pertybot-plugin-fan-1.2.3.tgz');
    expect(left).not.toContain('pertybot-core-0.0.9-01234567.tgz');
    expect(left).toHaveLength(own.length + 1);
  });

  it('refuses to upgrade what is no bot', async () => {
    const { stderr, code } = await init('--upgrade');
    expect(code).toBe(1);
    expect(stderr).toMatch(/plugins\.yaml/);
  });

  it('names PertyBot in a package.json that was there, and keeps the rest', async () => {
    const mine = {
      name: 'mine',
      scripts: { hi: 'echo hi' },
      dependencies: { 'left-pad': '1.3.0' },
    };
    await mkdir(folder.file('my-bot'));
    await writeFile(folder.file('my-bot/package.json'), JSON.stringify(mine));
    const { code } = await askPertybot(['init', 'my-bot', '--yes'], {
      folder: folder.path,
      environment: {
        PATH: `${join(__dirname, '..', 'fixtures', 'fake-npm')}${delimiter}${process.env.PATH}`,
        FAKE_NPM: 'all-ENOTFOUND',
      },
    });
    expect(code).toBe(1);
    expect(await manifest()).toMatchObject({
      ...mine,
      dependencies: { 'left-pad': '1.3.0', pertybot: expect.stringMatching(/^file:packages\//) },
    });
  });
});
