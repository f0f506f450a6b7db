import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { type Run, repository, startPertybot } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

const botFile = `# My bot
plugins:
  - use: gpio # the pins
    config:
      gadgets: # mine
        lamp:
          type: light
          pin: \${LAMP_PIN:-GPIO17}
`;
const manifest = '{ "name": "bot", "private": true }\n';
const fan = join(__dirname, '..', 'fixtures', 'fan');
const fakeNpm = join(__dirname, '..', 'fixtures', 'fake-npm');

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBot();
});
afterEach(() => folder.remove());

async function makeBot(): Promise<TestFolder> {
  const bot = await makeBotFolder({ 'plugins.yaml': botFile, 'package.json': manifest });
  await mkdir(bot.file('node_modules/@pertybot'), { recursive: true });
  await symlink(join(repository, 'packages', 'core'), bot.file('node_modules/@pertybot/core'));
  return bot;
}

/** A bot to which the fan was added, from which others are copied: to add it anew takes a second. */
let withFan: Promise<TestFolder> | undefined;
afterAll(async () => (await withFan)?.remove());

async function addFan(): Promise<void> {
  withFan ??= makeBot().then(async (bot) => {
    const { code } = await pluginsOf(bot, ['add', fan, '--yes']);
    expect(code).toBe(0);
    return bot;
  });
  await rm(folder.file('node_modules'), { recursive: true });
  await cp((await withFan).path, folder.path, { recursive: true });
}

const environment = (plan: string, bot = folder) => ({
  PATH: `${fakeNpm}${delimiter}${process.env.PATH}`,
  FAKE_NPM: plan,
  FAKE_NPM_LOG: bot.file('npm.log'),
});

function pluginsOf(bot: TestFolder, words: readonly string[], plan = 'ok'): Promise<Run> {
  const options = { folder: bot.path, environment: environment(plan, bot) };
  return askPertybot(['plugins', ...words], options);
}

const plugins = (words: readonly string[], plan?: string) => pluginsOf(folder, words, plan);

const read = (name: string) => readFile(folder.file(name), 'utf8');

async function expectUntouched(): Promise<void> {
  expect(await read('plugins.yaml')).toBe(botFile);
  expect(await read('package.json')).toBe(manifest);
  const names = (await readdir(folder.path)).filter((name) => name !== 'npm.log');
  expect(names.sort()).toEqual(['.pertybot', 'node_modules', 'package.json', 'plugins.yaml']);
  expect(await readdir(folder.file('node_modules'))).toEqual(['@pertybot']);
  expect(await readdir(folder.file('.pertybot'))).not.toContain('plugins-before.json');
}

describe('pertybot plugins add', () => {
  it('installs a package, shows what it is, and adds its entry below the others', async () => {
    const { stderr, stdout, code } = await plugins(['add', fan, '--yes']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/pertybot-plugin-fan 1\.2\.3\n.*about +Turns a fan/);
    expect(stderr).toMatch(/by +Ann Maker/);
    expect(stderr).toMatch(/needs +Gpio/);
    expect(stderr).toMatch(/install scripts +postinstall \(not run\)/);
    expect(stdout).toContain('Added pertybot-plugin-fan to plugins.yaml.');
    expect(stdout).toMatch(/Before the bot starts, mend this:\s+plugins\.yaml:\d+:\d+ .*pin/);
    const yaml = await read('plugins.yaml');
    expect(yaml).toContain('- use: gpio # the pins');
    expect(yaml).toContain('pin: $' + '{LAMP_PIN:-GPIO17}');
    expect(yaml).toMatch(
      /- use: pertybot-plugin-fan\n +# config:\n +# +pin: .*where it hangs\n +# +speed: 3\n$/,
    );
  });

  it('never lets npm run scripts of a package', async () => {
    await addFan();
    for (const line of (await read('npm.log')).trim().split('\n')) {
      expect(line).toContain('--ignore-scripts');
    }
  });

  it('does without npm’s peer check where the packages are workspaces, which npm gets wrong', async () => {
    await addFan();
    expect(await read('npm.log')).not.toContain('--legacy-peer-deps');
    await writeFile(folder.file('package.json'), '{ "name": "bot", "workspaces": ["packages/*"] }');
    await plugins(['remove', 'pertybot-plugin-fan']);
    await plugins(['add', fan, '--yes']);
    expect(await read('npm.log')).toMatch(/^install .* --legacy-peer-deps /m);
  });

  it('lets npm run them when that is allowed, and says so', async () => {
    const { stderr } = await plugins(['add', fan, '--yes', '--allow-scripts']);
    expect(stderr).toMatch(/install scripts +postinstall \(allowed to run\)/);
    expect(await read('npm.log')).toMatch(/^install .* --ignore-scripts=false /m);
  });

  it('does not install what is there already', async () => {
    const { code } = await plugins(['add', 'texts']);
    expect(code).toBe(0);
    expect(await read('plugins.yaml')).toMatch(/- use: texts\n/);
    expect(await readdir(folder.path)).not.toContain('npm.log');
  });

  it('uses a file of the bot where it is', async () => {
    await mkdir(folder.file('plugins'));
    await writeFile(
      folder.file('plugins/dice.js'),
      "import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'dice' });\n",
    );
    expect(await plugins(['add', './plugins/dice.js'])).toMatchObject({ code: 0 });
    expect(await read('plugins.yaml')).toMatch(/- use: \.\/plugins\/dice\.js\n$/);
    expect(await readdir(folder.path)).not.toContain('npm.log');
  });

  it('is taken by the running bot at once', async () => {
    await writeFile(
      folder.file('dice.js'),
      "import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'dice', start({ command }) { command('roll', {}, () => {}); } });\n",
    );
    const bot = startPertybot(['start'], { folder: folder.path });
    const log = createInterface({ input: bot.stderr ?? process.stdin });
    const until = log[Symbol.asyncIterator]();
    for (let line = ''; !line.includes('ready'); ) line = String((await until.next()).value);
    await plugins(['add', './dice.js']);
    for (let line = ''; !line.includes('Reloaded: '); ) line = String((await until.next()).value);
    expect((await plugins(['list'])).stdout).toMatch(/● dice .* running\n +commands !roll\n/);
    bot.kill('SIGTERM');
    await once(bot, 'exit');
  });

  it('leaves everything as it was when npm fails, and says why in a sentence', async () => {
    const { stderr, code } = await plugins(['add', fan, '--yes'], 'E404');
    expect(code).toBe(1);
    expect(stderr).toContain('npm install failed: The npm registry has no such package.');
    expect(stderr).not.toContain('npm error');
    await expectUntouched();
  });

  it('leaves everything as it was when the package is no plugin', async () => {
    for (const [name, complaint] of [
      ['pertybot-plugin-none', 'does not export a plugin'],
      ['none', 'The package is called "none", which is no name for a plugin.'],
      ['@pertybot/plugin-sly', 'as only PertyBot’s own packages are'],
    ]) {
      const manifest = JSON.stringify({ name, version: '1.0.0', main: 'index.js' });
      const other = await makeBotFolder({ 'package.json': manifest, 'index.js': '' });
      const { stderr, code } = await plugins(['add', other.path, '--yes']);
      await other.remove();
      expect(code).toBe(1);
      expect(stderr).toContain(complaint);
      await expectUntouched();
    }
  });

  it('leaves everything as it was when the plugin ends its process', async () => {
    await writeFile(folder.file('bad.js'), 'process.exit(3);\n');
    const { stderr, code } = await plugins(['add', './bad.js']);
    expect(code).toBe(1);
    expect(stderr).toContain('ended its process with exit code 3');
    expect(await read('plugins.yaml')).toBe(botFile);
  });

  it('leaves everything as it was when it is interrupted', async () => {
    const child = startPertybot(['plugins', 'add', fan, '--yes'], {
      folder: folder.path,
      environment: environment('hang'),
    });
    child.stdin?.end();
    let told = '';
    child.stderr?.on('data', (part) => {
      told += part;
    });
    while (!(await read('package.json')).includes('fan')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect({ code, told }).toEqual({
      code: 1,
      told: expect.stringContaining('It was interrupted.'),
    });
    await expectUntouched();
  });

  it('is undone by the next command when it was killed', async () => {
    const child = startPertybot(['plugins', 'add', fan, '--yes'], {
      folder: folder.path,
      environment: environment('hang'),
    });
    while (!(await read('package.json')).includes('fan')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { stderr, code } = await plugins(['add', 'texts']);
    expect(code).toBe(0);
    expect(stderr).toContain('An earlier change of the plugins was cut off');
    expect(await read('package.json')).toBe(manifest);
    expect(await readdir(folder.file('node_modules'))).toEqual(['@pertybot']);
    expect(await read('plugins.yaml')).not.toContain('fan');
  });

  it('does not guess a stranger’s package without somebody to confirm it', async () => {
    const { stderr, code } = await plugins(['add', 'fan', '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain('pertybot plugins add pertybot-plugin-fan');
    await expectUntouched();
  });

  it('does not list a plugin twice without an id', async () => {
    const { stderr, code } = await plugins(['add', 'gpio']);
    expect(code).toBe(1);
    expect(stderr).toContain('"gpio" is in plugins.yaml already, in line 3.');
    expect(await plugins(['add', 'gpio', '--id', 'second'])).toMatchObject({ code: 0 });
    expect(await read('plugins.yaml')).toMatch(/- use: gpio\n +id: second\n/);
  });

  it('does not list two plugins under one id, and keeps a byte order mark', async () => {
    await writeFile(folder.file('plugins.yaml'), `\uFEFF${botFile}`);
    await writeFile(folder.file('gpio.js'), '');
    expect((await plugins(['add', './gpio.js'])).stderr).toContain(
      '"gpio" is in plugins.yaml already',
    );
    await plugins(['disable', 'gpio']);
    await plugins(['add', 'texts']);
    await plugins(['remove', 'texts']);
    await plugins(['enable', 'gpio']);
    const text = botFile.replace('# the pins\n', '# the pins\n    enabled: true\n');
    expect(await read('plugins.yaml')).toBe(`\uFEFF${text}`);
  });

  it('offers the provider of what a plugin needs, and adds it with --yes', async () => {
    await writeFile(folder.file('plugins.yaml'), '# none yet\nplugins:\n  - use: texts\n');
    const { code } = await plugins(['add', fan, '--yes']);
    expect(code).toBe(0);
    expect(await read('plugins.yaml')).toMatch(/- use: pertybot-plugin-fan\n[\s\S]*- use: gpio\n/);
  });
});

describe('pertybot plugins update', () => {
  it('brings installed plugins up to date and shows what changed', async () => {
    await addFan();
    const { stdout, code } = await plugins(['update', '--yes']);
    expect(code).toBe(0);
    expect(stdout).toContain('✓ pertybot-plugin-fan 1.2.3 → 1.3.0\nA bot that runs takes them');
    expect(await read('npm.log')).toMatch(/^update --save pertybot-plugin-fan --ignore-scripts/m);
    expect(await read('package.json')).toContain('^1.3.0');
  });

  it('says that there is nothing newer', async () => {
    await addFan();
    expect((await plugins(['update', 'fan'], 'same')).stdout).toContain(
      'Every plugin is as new as',
    );
    expect((await plugins(['update', 'nope'])).stderr).toContain(
      'npm installed no plugin "nope" here. (CLI_PLUGIN_UNKNOWN)\nHint: It installed pertybot-plugin-fan.',
    );
  });

  it('stays with a version when the new one wants another core, and says so', async () => {
    await addFan();
    const { stdout, code } = await plugins(['update', '--yes'], 'other-core');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^! pertybot-plugin-fan stays at 1\.2\.3: .* 1\.3\.0 wants @pertybot\/core >=99, but .* runs\.\nEvery/,
    );
    expect(await read('package.json')).toContain('^1.2.3');
    expect(await read('node_modules/pertybot-plugin-fan/package.json')).toContain('"1.2.3"');
  });

  it('leaves everything as it was when a new version does not load', async () => {
    await addFan();
    const before = await read('package.json');
    const { stderr, code } = await plugins(['update', '--yes'], 'broken');
    expect(code).toBe(1);
    expect(stderr).toContain('"pertybot-plugin-fan" 1.3.0 cannot be used: ');
    expect(await read('package.json')).toBe(before);
    expect((await read('npm.log')).trim().split('\n').at(-1)).toMatch(/^install --ignore-scripts/);
  });
});

describe('pertybot plugins', () => {
  it('lists what each is, where it comes from and what it needs', async () => {
    await addFan();
    const { stdout } = await plugins([]);
    expect(stdout).toMatch(/● gpio +0\.1\.0 @pertybot\/plugin-gpio\n/);
    expect(stdout).toMatch(/● fan +1\.2\.3 pertybot-plugin-fan\n.*Turns a fan\n.*needs Gpio/);
    expect(JSON.parse((await plugins(['list', '--json'])).stdout)).toMatchObject([
      { id: 'gpio', enabled: true, line: 3, provides: expect.arrayContaining(['Gpio']) },
      { id: 'fan', version: '1.2.3', needs: ['Gpio'] },
    ]);
  });

  it('shows why a plugin cannot be loaded', async () => {
    await writeFile(folder.file('plugins.yaml'), 'plugins:\n  - use: ./missing.ts\n');
    const { stdout, code } = await plugins([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/✗ missing .*\n.*There is no file "\.\/missing\.ts"/);
  });

  it('takes no silence for a yes: without a terminal, nothing of a stranger runs', async () => {
    const { stderr, code } = await plugins(['add', fan]);
    expect(code).toBe(1);
    expect(stderr).toContain('CLI_PLUGIN_UNCONFIRMED');
    expect(await read('plugins.yaml')).toBe(botFile);
    await addFan();
    expect((await plugins(['update'])).stderr).toContain('Nothing was updated.');
  });

  it('removes an entry and its package, and keeps the rest', async () => {
    await addFan();
    const { stdout, code } = await plugins(['remove', 'fan']);
    expect(code).toBe(0);
    expect(stdout).toContain('uninstalled pertybot-plugin-fan');
    expect(await read('plugins.yaml')).toBe(botFile);
    expect(await readdir(folder.file('node_modules'))).toEqual(['@pertybot']);
  });

  it('switches a plugin off and on again', async () => {
    await plugins(['disable', 'gpio']);
    expect(await read('plugins.yaml')).toMatch(/enabled: false/);
    expect((await plugins([])).stdout).toMatch(/○ gpio .*\(disabled\)/);
    await plugins(['enable', 'gpio']);
    expect(await read('plugins.yaml')).not.toMatch(/enabled: false/);
    expect((await plugins([])).stdout).toMatch(/● gpio/);
  });

  it.each(['remove', 'enable', 'disable'])(
    'says which there are when %s knows none',
    async (word) => {
      const { stderr, code } = await plugins([word, 'nope']);
      expect(code).toBe(1);
      expect(stderr).toContain('plugins.yaml has no plugin "nope".');
      expect(stderr).toContain('It has gpio.');
    },
  );
});
