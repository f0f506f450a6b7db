// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { repository } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(480_000);

let folder: TestFolder;
let server: Server;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer(({ url }, response) => {
    asked.push(url ?? '');
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await folder.remove();
});

/** A lamp in the network: it asks for something true when it is bound, started and stopped; and it writes a file and opens a pin. */
const lamp = (port: number) => `import { writeFileSync } from 'node:fs';
import { definePlugin } from '@pertybot/core';
import { Gadgets, Gpio, defineGadget, verb } from '@pertybot/plugin-gpio';
const ask = (what) => fetch('http://127.0.0.1:${port}/' + what);
const wled = defineGadget({
  type: 'wled',
  about: 'A lamp in the network',
  entries: {},
  create: async () => ({ state: 'off', verbs: { on: verb({ about: 'On', run: async () => undefined }) } }),
});
export default definePlugin({
  name: 'lamp',
  needs: { gpio: Gpio, gadgets: Gadgets },
  register() {
    void ask('register').catch(() => {});
  },
  async start({ command, on, gpio, gadgets, onStop, isTrial }) {
    await ask(isTrial ? 'trial' : 'start');
    await ask('secret/' + process.env.OWNERS_SECRET + '/' + process.env.TWITCH_CLIENT_ID);
    onStop(() => ask('stop'));
    try {
      writeFileSync(new URL('../written', 'file://' + process.cwd() + '/plugins/'), 'x');
    } catch {}
    await gpio.output('GPIO22', { maxOn: '2s' });
    await gadgets.define(wled);
    command('glow', { about: 'Glows', allow: 'vip' }, () => {});
    on('raid', () => {});
  },
});
`;

const yaml = `plugins:
  - use: oauth
    config: { clientId: "\${TWITCH_CLIENT_ID}", clientSecret: "\${TWITCH_CLIENT_SECRET}" }
  - use: irc
    config: { channels: [streamer] }
  - use: gpio
    config:
      gadgets:
        desk: { type: light, pin: GPIO17 }
        shelf: { type: wled }
  - use: ./plugins/lamp.js
`;

async function makeBot(text = yaml): Promise<void> {
  const { port } = server.address() as AddressInfo;
  folder = await makeBotFolder({ 'plugins.yaml': text, 'plugins/lamp.js': lamp(port) });
  await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
}

const environment = { TWITCH_CLIENT_ID: '', TWITCH_CLIENT_SECRET: '', OWNERS_SECRET: 'hidden' };
const run = (...words: string[]) => askPertybot(words, { folder: folder.path, environment });

describe('what only looks', () => {
  it('starts no plugin, whatever the command; check --try does, once, and says so before', async () => {
    await makeBot();
    for (const words of [
      ['check'],
      ['check', '--json'],
      ['plugins', 'list'],
      ['status'],
      ['doctor', '--no-network'],
      ['schema'],
      ['gadgets'],
      ['pinout'],
      ['why'],
      ['plugins', 'info', 'lamp'],
    ]) {
      const { code } = await run(...words);
      expect({ words, asked, written: existsSync(folder.file('written')), code }).toEqual({
        words,
        asked: [],
        written: false,
        code: expect.any(Number),
      });
    }
    const first = await run('check');
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('lamp has not run yet with this configuration');
    expect(first.stdout.replace(/\s+/g, ' ')).toContain(
      'oauth needs TWITCH_CLIENT_ID and TWITCH_CLIENT_SECRET, which are not set.',
    );
    expect(first.stdout).toMatch(/no plugin brings "wled", unless "lamp" does/);
    const tried = await run('check', '--try');
    expect(tried.stderr).toContain('Starting the plugins, on a board in memory');
    expect(asked.filter((url) => url === '/trial')).toHaveLength(1);
    expect(asked).not.toContain('/start');
    expect(asked).toContain('/secret/undefined/undefined');
    // What is tried may write nothing, where Node can see to that.
    expect(existsSync(folder.file('written'))).toBe(false);
    asked.length = 0;
    const known = await run('check');
    expect(known.stdout).toMatch(/!glow +VIPs +GPIO22 \(lamp\) +on for 2 s at most/);
    expect(known.stdout).not.toContain('has not run yet');
    expect(known.stdout).not.toContain('no plugin brings');
    expect((await run('plugins', 'list')).stdout).toContain('!glow');
    expect((await run('gadgets')).stdout).toMatch(/shelf +wled/);
    expect(asked).toEqual([]);
  });

  it("believes a note only of this plugin with this config, of the right shape, and the owner's own", async () => {
    await makeBot();
    const isKnown = async () => !(await run('check')).stdout.includes('lamp has not run yet');
    const note = folder.file('.pertybot/notes/lamp.json');
    await run('check', '--try');
    expect(await isKnown()).toBe(true);
    expect((await stat(note)).mode & 0o777).toBe(0o600);
    expect((await stat(folder.file('.pertybot/notes'))).mode & 0o777).toBe(0o700);
    const text = await readFile(note, 'utf8');
    await chmod(note, 0o666);
    expect(await isKnown()).toBe(false);
    await chmod(note, 0o600);
    await writeFile(note, text.replace('glow', '\\u001b[2J'));
    expect(await isKnown()).toBe(false);
    await writeFile(note, text);
    expect(await isKnown()).toBe(true);
    await writeFile(
      folder.file('plugins/lamp.js'),
      `${await readFile(folder.file('plugins/lamp.js'), 'utf8')}\n// edited\n`,
    );
    expect(await isKnown()).toBe(false);
  });

  it('keeps notes of no plugin that plugins.yaml does not have any more', async () => {
    await makeBot();
    await run('check', '--try');
    expect(await readdir(folder.file('.pertybot/notes'))).toContain('lamp.json');
    await writeFile(folder.file('plugins.yaml'), 'plugins:\n  - use: texts\n');
    await run('check', '--try');
    expect(await readdir(folder.file('.pertybot/notes'))).toEqual(['texts.json']);
  });
});

describe('check --try', () => {
  const withPlugin = (body: string) => async () => {
    await makeBot('plugins:\n  - use: texts\n  - use: ./plugins/own.js\n');
    await writeFile(
      folder.file('plugins/own.js'),
      `import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'own', ${body} });\n`,
    );
    return run('check', '--try');
  };

  it('tells of a plugin that wants to start a program, and of one that ends the process', async () => {
    const starts = await withPlugin(
      "async start() { (await import('node:child_process')).spawn('true'); }",
    )();
    expect(starts.code).toBe(1);
    expect(starts.stdout.replace(/\s+/g, ' ')).toContain('✗ own: It wants to start a program');
    await folder.remove();
    const writes = await withPlugin(
      "start() { void import('node:fs/promises').then((fs) => fs.writeFile('/tmp/pertybot-not-there', '')); }",
    )();
    expect(writes.code).toBe(1);
    expect(writes.stdout.replace(/\s+/g, ' ')).toMatch(
      /✗ (?:a plugin|plugins\/own\.js\S*): It wants/,
    );
    expect(writes.stdout).not.toContain('plugins.yaml is fine');
    await folder.remove();
    const ends = await withPlugin('start() { process.exit(3); }')();
    expect(ends.code).toBe(1);
    expect(ends.stderr).toContain('A plugin ended the process with exit code 3');
  });
});

describe('plugins verify', () => {
  it('says before that it starts the plugin, which sees that it is tried, and notes what it brings', async () => {
    await makeBot();
    const { stderr } = await run('plugins', 'verify', 'lamp', '--with', 'gpio');
    expect(stderr).toContain('Starting and stopping lamp, on a board in memory');
    expect(asked).toContain('/trial');
    expect(asked).not.toContain('/start');
    expect(existsSync(folder.file('written'))).toBe(false);
    expect(
      JSON.parse(await readFile(folder.file('.pertybot/notes/lamp.json'), 'utf8')),
    ).toMatchObject({
      commands: [{ signature: 'glow', about: 'Glows', allow: 'vip' }],
      events: ['raid'],
      kinds: ['wled'],
      outputs: [{ pin: 'GPIO22' }],
    });
  });
});

describe('check', () => {
  it('finds, without a start, what no start would survive, each with its line and a caret', async () => {
    await makeBot(`plugins:
  - use: gpio
    config:
      gadgets:
        lamp: { type: led, pin: GPIO17 }
        desk: { type: light, pin: GPIO27 }
        show: { type: sequence, steps: [desk on, desk fly, desk blink 99] }
      on: { raid: [desk blinkk 3] }
  - use: texts
    config: { commands: { desk: "Hello" } }
`);
    const { stderr, code } = await run('check');
    expect(code).toBe(1);
    expect(stderr).toContain('plugins.yaml:5:23 type: no plugin brings "led"');
    expect(stderr).toContain('Did you mean "light"?');
    expect(stderr).toContain('plugins.yaml:7:50 desk takes on, off');
    expect(stderr).toMatch(/plugins\.yaml:7:60 blink takes a number from 1 to/);
    expect(stderr).toContain('plugins.yaml:8:20 desk takes on, off');
    expect(stderr).toContain('plugins.yaml:10:27 The command "desk" is that of');
    expect(stderr.match(/\^$/gm)).toHaveLength(5);
    const { stdout } = await run('check', '--json');
    expect(JSON.parse(stdout).problems).toHaveLength(5);
  });

  it('works on what init makes, before there is any secret', async () => {
    folder = await makeBotFolder({});
    await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
    await askPertybot(['init', '--yes', '--no-install', '.'], { folder: folder.path });
    const { stdout, stderr, code } = await run('check');
    expect({ stderr, code }).toEqual({ stderr: '', code: 3 });
    expect(stdout).toContain('plugins.yaml is fine');
    expect(stdout).toMatch(/needs TWITCH_CLIENT_ID/);
    expect(JSON.parse((await run('check', '--json')).stdout)).toMatchObject({
      ok: false,
      lacking: { oauth: ['TWITCH_CLIENT_ID'] },
    });
  });
});
