import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import {
  asOrdinaryUser,
  itLimitsTheDisk,
  mountSmallDisk,
  onSmallDisk,
  setReadOnly,
} from '../support/limited-disk.js';
import {
  program,
  type Run,
  type RunOptions,
  repository,
  runPertybot,
  startPertybot,
} from '../support/run-pertybot.js';
import { askPertybot, type ServedCommand, servePertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

const fixtures = join(__dirname, '..', 'fixtures');
const yaml = '# Mine\nplugins:\n  - use: gpio # pins\n  - use: fan\n\n# the end';
const manifest =
  '{ "name": "bot", "private": true, "dependencies": { "pertybot-plugin-fan": "^1.0.0" } }';
const lock = '{ "lock": "as it was" }\n';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': yaml,
    'package.json': manifest,
    'package-lock.json': lock,
    'other/package.json': JSON.stringify({ name: 'pertybot-plugin-other', main: 'index.mjs' }),
    'other/index.mjs': "export { default } from 'pertybot-plugin-fan';\n",
    'hanging/package.json': JSON.stringify({ name: 'pertybot-plugin-hanging', main: 'index.mjs' }),
    'npm.log': '',
  });
  await cp(join(fixtures, 'hanging-plugin.mjs'), folder.file('hanging/index.mjs'));
  await cp(join(fixtures, 'fan'), folder.file('node_modules/pertybot-plugin-fan'), {
    recursive: true,
  });
  await mkdir(folder.file('node_modules/@pertybot'));
  await symlink(join(repository, 'packages', 'core'), folder.file('node_modules/@pertybot/core'));
});
afterEach(() => folder.remove());

/** What the fake npm is told. */
type Plan = Readonly<Record<string, string>>;

const environment = (plan: Plan) => ({
  PATH: `${join(fixtures, 'fake-npm')}${delimiter}${process.env.PATH}`,
  FAKE_NPM_LOG: folder.file('npm.log'),
  ...plan,
});

const read = (name: string) => readFile(folder.file(name), 'utf8');

async function expectUntouched(): Promise<void> {
  expect(await read('plugins.yaml')).toBe(yaml);
  expect(await read('package.json')).toBe(manifest);
  expect(await read('package-lock.json')).toBe(lock);
  expect((await readdir(folder.file('node_modules'))).sort()).toEqual([
    '@pertybot',
    'pertybot-plugin-fan',
  ]);
  expect(JSON.parse(await read('node_modules/pertybot-plugin-fan/package.json'))).toMatchObject({
    name: 'pertybot-plugin-fan',
  });
  expect(await readdir(folder.file('.pertybot'))).toEqual([]);
}

/** Runs it until it stands where the plan holds it. */
async function startUntilItHangs<Child extends ChildProcess | ServedCommand>(
  start: (words: readonly string[], options: RunOptions) => Child,
  words: readonly string[],
  plan: Plan,
): Promise<Child> {
  const child = start(['plugins', ...words], {
    folder: folder.path,
    environment: environment(plan),
  });
  child.stdin?.end();
  while (!(await read('npm.log')).includes('hanging')) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    await pause(20);
  }
  return child;
}

const second = { FAKE_NPM_HANGS: 'pertybot-plugin-fan' };
const steps: readonly (readonly [string, readonly string[], Plan])[] = [
  ['add, while npm installs', ['add', './other', '--yes'], { FAKE_NPM: 'hang-before' }],
  ['add, when npm has installed', ['add', './other', '--yes'], { FAKE_NPM: 'hang' }],
  ['add, while the plugin is tried', ['add', './hanging', '--yes'], {}],
  ['add, between two plugins', ['add', './other', './hanging', '--yes'], {}],
  ['remove, while npm uninstalls', ['remove', 'fan'], { FAKE_NPM: 'hang-before' }],
  ['remove, when npm has uninstalled', ['remove', 'fan'], { FAKE_NPM: 'hang' }],
  ['update, while npm updates', ['update'], { FAKE_NPM: 'hang-before', ...second }],
  ['update, when npm has updated', ['update'], { FAKE_NPM: 'hang', ...second }],
];

describe('a change of the plugins', () => {
  it.each(steps)('is undone when Ctrl-C ends %s', async (_, words, plan) => {
    const child = await startUntilItHangs(servePertybot, words, plan);
    let told = '';
    child.stderr?.on('data', (part) => {
      told += part;
    });
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect({ code, told }).toEqual({
      code: 1,
      told: expect.stringContaining('It was interrupted.'),
    });
    await expectUntouched();
  });

  it.each(steps)('is undone by the next one when kill -9 ends %s', async (_, words, plan) => {
    const child = await startUntilItHangs(startPertybot, words, plan);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await plugins(['remove', 'nothing']);
    expect(next.stderr).toContain('An earlier change of the plugins was cut off');
    expect(next.stderr).toContain('It has gpio, fan.');
    await expectUntouched();
  });

  it.each([
    ['add', './other', '--yes'],
    ['remove', 'fan'],
    ['update', 'fan'],
  ])('is undone when npm fails at %s', async (...words) => {
    for (const code of ['E404', 'ENOSPC', 'EACCES', 'ECONNREFUSED', 'EWHATEVER']) {
      const { stderr, code: exit } = await plugins(words, { FAKE_NPM: code });
      expect(exit).toBe(1);
      expect(stderr).toMatch(/^Error: npm (?:un)?(?:install|update) failed: .*CLI_NPM_FAILED/m);
      expect(stderr).not.toMatch(/^\s+at /m);
      await expectUntouched();
    }
  });

  itLimitsTheDisk('changes nothing in a read-only folder, and says so', async () => {
    await mkdir(folder.file('.pertybot'));
    await setReadOnly(folder.file('.pertybot'), true);
    for (const words of [
      ['add', './other', '--yes'],
      ['remove', 'fan'],
      ['update', '--yes'],
    ]) {
      const { stderr, code } = await plugins(words, {}, asOrdinaryUser);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^Error: ".*" cannot be written: you have no right to\. \(CLI_FOLDER_LOCKED\)\nHint: Run it as the owner/m,
      );
    }
    await setReadOnly(folder.file('.pertybot'), false);
    await setReadOnly(folder.path, true);
    for (const word of ['enable', 'disable', 'remove']) {
      const { stderr, code } = await plugins([word, 'gpio'], {}, asOrdinaryUser);
      expect(stderr).toMatch(
        word === 'enable' ? /^$/ : /^Error: ".*plugins\.yaml" cannot be written: you have/,
      );
      expect(code).toBe(word === 'enable' ? 0 : 1);
    }
    await setReadOnly(folder.path, false);
    await expectUntouched();
    expect(await read('npm.log')).toBe('');
  });

  itLimitsTheDisk('is undone when the disk becomes full', async () => {
    const disk = await mkdtemp(join(tmpdir(), 'disk-'));
    const script = `${mountSmallDisk}
      cp -r "$2"/. "$1"; cd "$1"; shift 2
      code=0; "$@" || code=$?
      df --output=avail . | tail -n 1 >&2
      cp -r . "$OLDPWD" 2>/dev/null || true; exit $code`;
    const words = [...onSmallDisk.slice(1), script, 'sh', disk, folder.path];
    const child = spawn(
      onSmallDisk[0],
      [...words, process.execPath, program, 'plugins', 'add', './other', '--yes'],
      {
        cwd: folder.path,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          NODE_ENV: '',
          ...environment({ FAKE_NPM: 'fill' }),
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let told = '';
    child.stderr?.on('data', (part) => {
      told += part;
    });
    const [code] = await once(child, 'close');
    await rm(disk, { recursive: true, maxRetries: 9 });
    expect({ code, told }).toEqual({
      code: 1,
      told: expect.stringContaining('npm install failed: The disk is full.'),
    });
    await expectUntouched();
  });
});

function plugins(
  words: readonly string[],
  plan: Plan = {},
  wrapper?: typeof asOrdinaryUser,
): Promise<Run> {
  const options = { folder: folder.path, environment: environment(plan) };
  return wrapper
    ? runPertybot(['plugins', ...words], { ...options, wrapper })
    : askPertybot(['plugins', ...words], options);
}
