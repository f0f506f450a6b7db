import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { type RunUserDataOptions, runUserData } from '../../src/pi/run-user-data.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

const schemaFile = join(__dirname, '../fixtures/cloud-init/schema-cloud-config-v1.json');
const ed25519 = (comment: string) => {
  const type = Buffer.from('ssh-ed25519');
  const length = (bytes: number) => Buffer.from([0, 0, 0, bytes]);
  const data = Buffer.concat([length(type.length), type, length(32), Buffer.alloc(32, 7)]);
  return `ssh-ed25519 ${data.toString('base64')} ${comment}`;
};
const hash = '$6$saltsalt$abcdefghijklmnopqrstuvwxyz0123456789./ABC';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': 'plugins: []\n',
    '.env': 'SECRET=1\n',
    'boot/config.txt': '',
    'boot/user-data': '#cloud-config\n# examples\n',
    'id.pub': `# mine\n${ed25519('me@laptop')}\n\n${ed25519('me@phone')}\n`,
  });
});
afterEach(() => folder.remove());

const run = (...words: string[]) =>
  askPertybot(['pi', 'user-data', ...words], { folder: folder.path });

const make = (options: Partial<RunUserDataOptions> = {}) =>
  runUserData({
    folder: folder.path,
    hostname: 'pertybot',
    user: 'maker',
    sshKeys: [],
    passwordHash: undefined,
    channel: undefined,
    wifi: undefined,
    country: undefined,
    to: undefined,
    withBot: false,
    withSecrets: false,
    ...options,
  });

async function readUserData(options: Partial<RunUserDataOptions> = {}) {
  const text = (await make(options)).files['user-data'] ?? '';
  expect(text.split('\n')[0]).toBe('#cloud-config');
  return parse(text, { version: '1.1' });
}

describe('the user-data of a Pi', () => {
  it.each<[Partial<RunUserDataOptions>]>([
    [{}],
    [{ sshKeys: [ed25519('me@laptop')] }],
    [{ passwordHash: hash, hostname: 'lamp-bot-2', user: 'pi', channel: '#a_b' }],
  ])('is what the schema of cloud-init takes: %p', async (options) => {
    const { $schema: _, ...schema } = JSON.parse(await readFile(schemaFile, 'utf8'));
    // The schema is of draft 4, whose names of formats ajv does not know.
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    const made = await readUserData(options);
    validate(made);
    expect(validate.errors).toBeNull();
    validate({ ...made, packages: 'nodejs' });
    expect(validate.errors).not.toBeNull();
  });

  it('has no password, and lets in who has the key alone', async () => {
    const made = await readUserData({ sshKeys: [folder.file('id.pub'), ed25519('c')] });
    expect(made.users).toEqual([
      expect.objectContaining({
        name: 'maker',
        groups: ['gpio'],
        lock_passwd: true,
        ssh_authorized_keys: [ed25519('me@laptop'), ed25519('me@phone'), ed25519('c')],
      }),
    ]);
    expect(made).toMatchObject({ ssh_pwauth: false, disable_root: true, hostname: 'pertybot' });
    expect(made.packages).toEqual(['nodejs', 'npm']);
    expect(made.runcmd[0]).toEqual(['systemctl', 'enable', '--now', 'ssh']);
    expect(JSON.stringify(made)).not.toMatch(/plain_text_passwd|chpasswd|"passwd"/);
  });

  it('leaves SSH off without a key, and says that nobody can log in', async () => {
    const made = await readUserData();
    expect(made.runcmd).toHaveLength(1);
    expect(made.users[0]).not.toHaveProperty('sudo');
    expect((await run()).stderr).toContain('Nobody can log in as maker: give --ssh-key FILE');
    const known = await readUserData({ passwordHash: hash });
    expect(known.users[0]).toMatchObject({
      passwd: hash,
      lock_passwd: false,
      sudo: 'ALL=(ALL) ALL',
    });
  });

  it.each<[Partial<RunUserDataOptions>, string]>([
    [{ hostname: 'my_pi' }, '"my_pi" is no name for a machine.'],
    [{ hostname: '-pi' }, 'is no name for a machine.'],
    [{ hostname: '12' }, 'is no name for a machine.'],
    [{ hostname: 'a\nruncmd: [x]' }, 'is no name for a machine.'],
    [{ user: 'root' }, '"root" cannot be the name of the account.'],
    [{ user: 'Me' }, 'cannot be the name of the account.'],
    [{ user: 'a; reboot' }, 'cannot be the name of the account.'],
    [{ user: '' }, 'cannot be the name of the account.'],
    [{ passwordHash: 'hunter2' }, 'What --password-hash was given is no hash of a password.'],
    [{ passwordHash: '$6$salt' }, 'What --password-hash was given is no hash of a password.'],
    [{ channel: '$(reboot)' }, 'cannot be a channel at Twitch.'],
    [{ sshKeys: ['nowhere.pub'] }, '"nowhere.pub" cannot be read'],
    [{ sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1'] }, 'is no public key of SSH.'],
    [{ sshKeys: [ed25519('a').replace('ssh-ed', 'ssh-rsa-ed')] }, 'is no public key of SSH.'],
    [{ wifi: 'Home' }, 'stays off until it knows its country.'],
    [{ wifi: 'x'.repeat(33), country: 'DE' }, 'is no name of a Wi-Fi.'],
    [{ wifi: 'Home', country: 'Germany' }, 'stays off until it knows its country.'],
    [{ to: '.' }, 'is not the boot partition of a card'],
    [{ withBot: true }, 'to a card alone.'],
  ])('is refused for nonsense: %p', async (options, told) => {
    const error = await make(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CLI_PI_INVALID', hint: expect.any(String) });
    expect(String(error)).toContain(told);
    expect(String(error)).not.toContain('hunter2');
  });

  it('takes no private key', async () => {
    const file = folder.file('id');
    await writeFile(file, '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbg==\n');
    const { stderr, code } = await run('--ssh-key', file);
    expect(code).toBe(1);
    expect(stderr).toContain('That is a private key');
    expect(stderr).not.toContain('b3Blbg');
  });
});

describe('the card of a Pi', () => {
  const start = (words: readonly string[], input: string) =>
    askPertybot(['pi', 'user-data', ...words], { folder: folder.path, input });

  it('has a hash of the password of the Wi-Fi, for a name that YAML would take for false', async () => {
    const words = ['--wifi', 'no', '--wifi-country', 'DE', '--to', 'boot'];
    const { code, stdout, stderr } = await start(words, 'correct horse\n');
    expect([code, stdout]).toEqual([0, 'Wrote user-data and network-config to boot.\n']);
    const text = await readFile(folder.file('boot/network-config'), 'utf8');
    expect(`${text}${stdout}${stderr}`).not.toContain('correct horse');
    // By: wpa_passphrase no "correct horse"
    const psk = 'f0c0d7f288c512b1fd7be57c41e767c4f0c0e85d02976b7a8194ef357c54f347';
    const { wifis } = parse(text, { version: '1.1' });
    expect(wifis.wlan0).toMatchObject({
      'regulatory-domain': 'DE',
      'access-points': { no: { password: psk } },
    });
    expect(await readFile(folder.file('boot/user-data.before'), 'utf8')).toContain('# examples');
  });

  it('has no Wi-Fi unless that is asked, and none for a password that is none', async () => {
    expect((await run('--to', folder.file('boot'))).code).toBe(0);
    expect(existsSync(folder.file('boot/network-config'))).toBe(false);
    const words = ['--wifi', 'Home', '--wifi-country', 'DE', '--to', 'boot'];
    const short = await start(words, 'short\n');
    expect(short.stderr).toContain('That is no password of a Wi-Fi.');
    expect(short.code).toBe(1);
    const { stdout } = await start(
      ['--wifi', 'H', '--wifi-country', 'DE', '--json'],
      `${'aB'.repeat(32)}\n`,
    );
    const { files } = JSON.parse(stdout);
    expect(Object.keys(files)).toEqual(['user-data', 'network-config']);
    expect(files['network-config']).toContain('ab'.repeat(32));
  });

  it('takes the bot of the folder along, its secrets on request alone', async () => {
    const words = ['--to', folder.file('boot'), '--with-bot'];
    const archive = folder.file('boot/pertybot.tar.gz');
    const { stderr } = await run(...words, '--with-secrets');
    expect(stderr).toContain('keep it to yourself');
    expect(gunzipSync(await readFile(archive)).includes('SECRET=1')).toBe(true);
    const again = await run(...words);
    expect(again.stderr).toContain('(CLI_FILE_EXISTS)');
  });
});

describe('the first start of a Pi', () => {
  /** Runs the script of user-data among programs that only write down how they were called. */
  async function boot(options: Partial<RunUserDataOptions> = {}) {
    const made = await readUserData(options);
    const [{ content }] = made.write_files;
    const bin = folder.file('bin');
    await mkdir(bin, { recursive: true });
    const calls = folder.file('calls');
    const fakes = {
      getent: `echo "$2:x:1000:1000::${folder.path}/home:/bin/sh"`,
      runuser: 'shift 3; exec "$@"',
      npm: `echo "npm $*" >> ${calls}; mkdir -p node_modules/pertybot`,
      npx: `echo "npx $*" >> ${calls}; case "$*" in *init*) touch plugins.yaml; mkdir -p node_modules/pertybot;; *check*) [ -e .env ];; esac`,
    };
    for (const [name, line] of Object.entries(fakes)) {
      await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`);
      await chmod(join(bin, name), 0o755);
    }
    const script = folder.file('first-boot');
    await writeFile(script, content.replaceAll('/boot/firmware', folder.file('boot')));
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const { stdout } = await promisify(execFile)('sh', [script], { env });
    return { stdout, calls: (await readFile(calls, 'utf8')).trim().split('\n') };
  }

  it('unpacks the bot of the card, takes that off it, and runs the bot as a service', async () => {
    await run('--to', folder.file('boot'), '--with-bot', '--with-secrets');
    const { calls } = await boot();
    expect(await readFile(folder.file('home/bot/.env'), 'utf8')).toBe('SECRET=1\n');
    expect(existsSync(folder.file('boot/pertybot.tar.gz'))).toBe(false);
    expect(existsSync(folder.file('home/bot/pertybot-backup.json'))).toBe(false);
    expect(calls).toEqual([
      'npm install --no-audit --no-fund',
      'npx --no -- pertybot check',
      'npx --no -- pertybot service install',
    ]);
  });

  it('makes a new bot where there is none, and says what is left to do', async () => {
    const first = await boot({ channel: '#me' });
    expect(first.calls).toEqual([
      'npx --yes pertybot init . --yes --channel me',
      'npx --no -- pertybot check',
    ]);
    expect(first.stdout).toContain('then: sudo npx pertybot service install');
    await writeFile(folder.file('home/bot/.env'), 'A=1\n');
    const { calls } = await boot();
    expect(calls.slice(2)).toEqual([
      'npx --no -- pertybot check',
      'npx --no -- pertybot service install',
    ]);
  });
});
