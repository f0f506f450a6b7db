import { execFileSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { itNeedsMosquitto } from '../../../plugin-mqtt/test/support/real-mosquitto.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';

const botFile = `plugins:
  - use: mqtt
    config:
      broker: mqtt://127.0.0.1
      user: pertybot
      password: \${MQTT_PASSWORD}
      nodes: { garage: {} }
`;

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': botFile, '.env': 'TWITCH_CLIENT_ID=abc' });
});
afterEach(() => folder.remove());

const setup = (...words: string[]) => runInProcess(['mqtt', 'setup', ...words], folder.path);
const read = (name: string) => readFile(folder.file(name), 'utf8');
const modeOf = async (name: string) => (await stat(folder.file(name))).mode & 0o777;
const passwordIn = (text: string) => /^MQTT_PASSWORD=(\S+)$/m.exec(text)?.[1] ?? '';

describe('pertybot mqtt setup', () => {
  it('writes users, ACL and configuration, and secrets for their owner alone', async () => {
    const { code, stdout } = await setup('--node', 'desk', '--no-check');
    expect(code).toBe(0);
    expect(await read('mosquitto/mosquitto.conf')).toContain('listener 1883 127.0.0.1');
    expect(await read('mosquitto/system.conf')).toContain('/etc/mosquitto/pertybot/passwords');
    expect(await read('mosquitto/acl')).toContain('user garage\ntopic readwrite pertybot/garage/#');
    expect((await read('mosquitto/passwords')).match(/^(pertybot|garage|desk):/gm)).toHaveLength(3);
    const env = await read('.env');
    expect(env).toMatch(/^TWITCH_CLIENT_ID=abc\nMQTT_PASSWORD=[\w-]{32}\n$/);
    const secrets = ['.env', 'mosquitto/passwords', 'mosquitto/acl', 'mosquitto/nodes/garage.env'];
    for (const name of secrets) expect([name, await modeOf(name)]).toEqual([name, 0o600]);
    expect(await read('plugins.yaml')).toBe(botFile);
    const all = [
      env,
      await read('mosquitto/nodes/garage.env'),
      await read('mosquitto/nodes/desk.env'),
    ];
    for (const each of all) expect(stdout).not.toContain(passwordIn(each));
    expect(new Set(all.map(passwordIn)).size).toBe(3);
    expect(stdout).toContain('sudo systemctl restart mosquitto');
    expect(stdout).toContain('node: desk');
    expect(stdout).toContain('listens on this machine alone');
  });

  it('never writes over what is there, and keeps passwords when it is told to', async () => {
    await setup('--no-check');
    const garage = await read('mosquitto/nodes/garage.env');
    const env = await read('.env');
    const again = await setup('--node', 'desk', '--no-check', '--json');
    expect(again.code).toBe(1);
    expect(JSON.parse(again.stdout)).toMatchObject({ ok: false, code: 'CLI_FILE_EXISTS' });
    const forced = await setup('--node', 'desk', '--no-check', '--force');
    expect(forced.code).toBe(0);
    expect(await read('mosquitto/nodes/garage.env')).toBe(garage);
    expect(await read('.env')).toBe(env);
    expect(await read('mosquitto/acl')).toContain('user desk');
  });

  it.each([
    ['a name that would be another topic', ['--node', 'a/b'], 'CLI_NODE_INVALID'],
    ['a name that matches all topics', ['--node', '+'], 'CLI_NODE_INVALID'],
    ["the host's own name", ['--node', 'pertybot'], 'CLI_NODE_INVALID'],
    ['a name with a line end', ['--node', 'a\ntopic write #'], 'CLI_NODE_INVALID'],
    ['what is no address', ['--listen', 'bot.lan'], 'CLI_ADDRESS_INVALID'],
    ['what is no name', ['--tls', '--name', 'a,DNS:b'], 'CLI_ADDRESS_INVALID'],
  ])('refuses %s, and writes nothing', async (_what, words, code) => {
    const { stdout } = await setup(...words, '--no-check', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code });
    await expect(stat(folder.file('mosquitto'))).rejects.toThrow();
  });

  it('refuses a setup without any node', async () => {
    const lone = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
    const { stderr, code } = await runInProcess(['mqtt', 'setup'], lone.path);
    await lone.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('No node is named');
  });

  itNeedsMosquitto('proves it with a real Mosquitto', async () => {
    const { stdout, code } = await setup('--node', 'desk', '--json');
    expect(code).toBe(0);
    const { ok, checks } = JSON.parse(stdout);
    expect(ok).toBe(true);
    expect(checks.map(({ message }: { message: string }) => message)).toEqual([
      '"pertybot" logs in, with MQTT 5.',
      'Nobody gets in without a password.',
      'Nobody gets in with a wrong password.',
      '"garage" logs in, and writes its own topics alone.',
      '"desk" logs in, and writes its own topics alone.',
    ]);
  });

  itNeedsMosquitto('makes certificates of an own authority, and keeps it', async () => {
    const words = ['--listen', '0.0.0.0', '--tls', '--name', 'bot.lan'];
    const { stdout, code } = await setup(...words);
    expect(stdout).toContain('"garage" logs in, and writes its own topics alone.');
    expect(code).toBe(0);
    expect(stdout).toContain('broker: mqtts://bot.lan:8883');
    for (const name of ['ca.key', 'broker.key']) {
      expect(await modeOf(`mosquitto/${name}`)).toBe(0o600);
    }
    const file = folder.file('mosquitto/broker.crt');
    const names = execFileSync('openssl', [
      'x509',
      '-in',
      file,
      '-noout',
      '-ext',
      'subjectAltName',
    ]);
    expect(String(names)).toContain('DNS:bot.lan');
    const ca = await read('mosquitto/ca.crt');
    expect((await setup(...words, '--force')).code).toBe(0);
    expect(await read('mosquitto/ca.crt')).toBe(ca);
  });
});
