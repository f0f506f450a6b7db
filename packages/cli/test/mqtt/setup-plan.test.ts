import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { describeNextSteps } from '../../src/mqtt/setup-advice.js';
import {
  addToEnv,
  readPassword,
  refuseExisting,
  writeSetupFiles,
} from '../../src/mqtt/setup-files.js';
import {
  findUsers,
  type MqttSetupOptions,
  nodeFile,
  requireAddress,
} from '../../src/mqtt/setup-plan.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({});
});
afterEach(() => folder.remove());

const options = (more: Partial<MqttSetupOptions> = {}): MqttSetupOptions => ({
  ...{ folder: folder.path, nodes: [], listen: '127.0.0.1', tls: false, names: [] },
  ...{ force: false, check: false, ...more },
});
const read = (name: string) => readFile(folder.file(name), 'utf8');
const modeOf = async (name: string) => (await stat(folder.file(name))).mode & 0o777;

describe('the users of a broker', () => {
  const botFile = 'plugins:\n  - use: mqtt\n    config:\n      nodes: { garage: {}, attic: {} }\n';
  const namesOf = async (nodes: readonly string[], text = botFile) =>
    (await findUsers(options({ nodes }), text)).nodes.map(({ name }) => name);

  it('are the nodes of plugins.yaml, of a setup before, and those that were named, each once', async () => {
    await mkdir(folder.file('mosquitto/nodes'), { recursive: true });
    await writeFile(folder.file('mosquitto/nodes/shed.env'), '');
    await writeFile(folder.file('mosquitto/nodes/notes.txt'), '');
    expect(await namesOf(['garage', 'desk'])).toEqual(['garage', 'attic', 'shed', 'desk']);
  });

  it('keep their passwords, and get long ones of their own where they have none', async () => {
    await mkdir(folder.file('mosquitto/nodes'), { recursive: true });
    await writeFile(folder.file(nodeFile('garage')), 'MQTT_PASSWORD=kept\n');
    await writeFile(folder.file('.env'), 'OTHER=1\nMQTT_PASSWORD="also kept"\n');
    const { host, nodes } = await findUsers(options(), botFile);
    expect(host).toEqual({ name: 'pertybot', password: 'also kept' });
    expect(nodes[0]?.password).toBe('kept');
    expect(nodes[1]?.password).toMatch(/^[\w-]{32}$/);
  });

  it.each([
    ['a line end', '"a\nb"'],
    ['a tab', '"a\tb"'],
  ])('are refused with a password that has %s', async (_, value) => {
    await writeFile(folder.file('.env'), `MQTT_PASSWORD=${value}\n`);
    await expect(findUsers(options(), botFile)).rejects.toMatchObject({
      code: 'CLI_NODE_INVALID',
      hint: 'Remove that line of ".env".',
    });
  });

  it('are at least one beside the host', async () => {
    for (const text of ['', 'plugins: []\n', 'plugins: 3\n', 'plugins:\n  - x\n  - config: 1\n']) {
      await expect(findUsers(options(), text)).rejects.toThrow('No node is named');
    }
  });

  it('are found as far as plugins.yaml can be read', async () => {
    expect(await namesOf(['desk'], 'plugins: [\n')).toEqual(['desk']);
    expect(await namesOf(['desk'], 'plugins:\n  - use: mqtt\n    config: { nodes: [] }\n')).toEqual(
      ['desk'],
    );
  });

  it.each(['', 'Garage', 'a b', 'a/b', '#', '+', '$SYS', '../x', 'pertybot', 'x'.repeat(26)])(
    'are never called %j',
    async (name) => {
      await expect(findUsers(options({ nodes: [name] }), '')).rejects.toMatchObject({
        code: 'CLI_NODE_INVALID',
      });
    },
  );
});

describe('the address of a broker', () => {
  it.each(['127.0.0.1', '0.0.0.0', '::1', '::', '192.168.1.20', 'fe80::1'])(
    'may be %s',
    (listen) => {
      expect(() => requireAddress(options({ listen }))).not.toThrow();
    },
  );

  it.each(['', 'localhost', '300.1.1.1', '127.0.0.1\nallow_anonymous true', '127.0.0.1 '])(
    'is never %j, which would be another line of the broker’s configuration',
    (listen) => {
      expect(() => requireAddress(options({ listen }))).toThrow('is no address of a machine');
    },
  );

  it.each(['a b', 'a,DNS:evil', 'a\n', '', '*'])('has no name such as %j', (name) => {
    expect(() => requireAddress(options({ names: ['pi.local', name] }))).toThrow('is no address');
  });
});

describe('the files of a setup', () => {
  it('are in nobody’s way, or named with how many more there are', async () => {
    await expect(refuseExisting(folder.path, ['a', 'b'])).resolves.toBeUndefined();
    await writeFile(folder.file('b'), '');
    await expect(refuseExisting(folder.path, ['a', 'b'])).rejects.toMatchObject({
      code: 'CLI_FILE_EXISTS',
      message: 'There is a file "b" already.',
    });
    await writeFile(folder.file('c'), '');
    await expect(refuseExisting(folder.path, ['a', 'b', 'c'])).rejects.toThrow('"b" and 1 more');
  });

  it('are their owner’s alone where they are secret, whatever they were before', async () => {
    await writeFile(folder.file('old'), 'open to all', { mode: 0o644 });
    await writeSetupFiles(folder.path, [
      { path: 'old', text: 'secret', isSecret: true },
      { path: 'deep/er/open', text: 'open', isSecret: false },
    ]);
    expect([await modeOf('old'), await modeOf('deep/er/open')]).toEqual([0o600, 0o644]);
    expect(await read('old')).toBe('secret');
  });

  it('say which of them cannot be written', async () => {
    await writeFile(folder.file('deep'), 'in the way');
    const files = [{ path: 'deep/file', text: '', isSecret: false }];
    await expect(writeSetupFiles(folder.path, files)).rejects.toMatchObject({
      code: 'CLI_FOLDER_LOCKED',
      message: expect.stringContaining('deep/file'),
    });
  });
});

describe('the password in .env', () => {
  it('is added at the end, on a line of its own', async () => {
    for (const [before, after] of [
      ['A=1', 'A=1\nMQTT_PASSWORD=x\n'],
      ['A=1\n', 'A=1\nMQTT_PASSWORD=x\n'],
      ['', 'MQTT_PASSWORD=x\n'],
      ['# MQTT_PASSWORD=old\n', '# MQTT_PASSWORD=old\nMQTT_PASSWORD=x\n'],
    ] as const) {
      await writeFile(folder.file('.env'), before);
      await addToEnv(folder.path, 'MQTT_PASSWORD', 'x');
      expect(await read('.env')).toBe(after);
    }
  });

  it('stays as it is where there is one, but becomes its owner’s alone', async () => {
    await writeFile(folder.file('.env'), 'MQTT_PASSWORD=kept\n');
    await chmod(folder.file('.env'), 0o644);
    await addToEnv(folder.path, 'MQTT_PASSWORD', 'x');
    expect(await read('.env')).toBe('MQTT_PASSWORD=kept\n');
    expect(await modeOf('.env')).toBe(0o600);
  });

  it('is filled in where the variable is empty', async () => {
    await writeFile(folder.file('.env'), 'MQTT_PASSWORD=\n');
    await addToEnv(folder.path, 'MQTT_PASSWORD', 'x');
    expect(parseEnv(await read('.env'))).toEqual({ MQTT_PASSWORD: 'x' });
    expect(await readPassword(folder.path, '.env')).toBe('x');
    expect(await readPassword(folder.path, 'nowhere')).toBeUndefined();
  });

  it('is told of where it cannot be written', async () => {
    await mkdir(folder.file('.env'));
    await expect(addToEnv(folder.path, 'MQTT_PASSWORD', 'x')).rejects.toMatchObject({
      code: 'CLI_FOLDER_LOCKED',
    });
  });
});

describe('the next steps', () => {
  const users = {
    host: { name: 'pertybot', password: 'secret-of-host' },
    nodes: [{ name: 'garage', password: 'secret-of-garage' }],
  };
  const steps = (more: Partial<MqttSetupOptions> = {}) =>
    describeNextSteps(options(more), users, '/etc/mosquitto/pertybot');
  const brokerOf = (entry: string) => parse(entry)[0].config.broker;

  it('are entries of plugins.yaml that can be read, and hold no password', () => {
    const { host, nodes } = steps();
    expect(parse(host)).toEqual([
      {
        use: 'mqtt',
        config: {
          broker: 'mqtt://127.0.0.1:1883',
          ...{ user: 'pertybot', password: '\u0024{MQTT_PASSWORD}', nodes: { garage: {} } },
        },
      },
    ]);
    expect(parse(nodes[0]?.entry ?? '')[0].config).toMatchObject({
      user: 'garage',
      node: 'garage',
    });
    expect(JSON.stringify(steps())).not.toContain('secret-of');
  });

  it.each([
    [{ listen: '127.0.0.1' }, 'mqtt://127.0.0.1:1883', 'mqtt://127.0.0.1:1883'],
    [{ listen: '192.168.1.20' }, 'mqtt://192.168.1.20:1883', 'mqtt://192.168.1.20:1883'],
    [
      { listen: '192.168.1.20', port: 2000 },
      'mqtt://192.168.1.20:2000',
      'mqtt://192.168.1.20:2000',
    ],
    [{ listen: '0.0.0.0' }, 'mqtt://127.0.0.1:1883', 'mqtt://ADDRESS-OF-THIS-MACHINE:1883'],
    [{ listen: '0.0.0.0', names: ['pi.local'] }, 'mqtt://127.0.0.1:1883', 'mqtt://pi.local:1883'],
    [
      { listen: '0.0.0.0', tls: true },
      'mqtt://127.0.0.1:1883',
      'mqtts://ADDRESS-OF-THIS-MACHINE:8883',
    ],
    [{ listen: '::1' }, 'mqtt://[::1]:1883', 'mqtt://[::1]:1883'],
    [{ listen: 'fe80::1', tls: true }, 'mqtt://127.0.0.1:1883', 'mqtts://[fe80::1]:8883'],
  ] as const)('lead from %j to addresses that a client can read', (more, own, node) => {
    const { host, nodes } = steps(more);
    expect(brokerOf(host)).toBe(own);
    expect(brokerOf(nodes[0]?.entry ?? '')).toBe(node);
    for (const url of [own, node]) expect(() => new URL(url)).not.toThrow();
  });

  it('warn of a broker that nobody reaches, and of one that everybody hears', () => {
    expect(steps().warnings).toEqual([expect.stringContaining('--listen 0.0.0.0 --tls')]);
    expect(steps({ listen: '::1' }).warnings).toHaveLength(1);
    expect(steps({ listen: '0.0.0.0' }).warnings).toEqual([
      expect.stringContaining('read the passwords'),
    ]);
    expect(steps({ listen: '0.0.0.0', tls: true }).warnings).toEqual([]);
  });

  it('copy the certificates with TLS alone', () => {
    expect(steps().asService.join('\n')).not.toContain('ca.crt');
    const { asService, nodes } = steps({ tls: true });
    expect(asService[1]).toContain('mosquitto/ca.crt mosquitto/broker.crt mosquitto/broker.key');
    expect(nodes[0]?.copy).toEqual(['mosquitto/nodes/garage.env', 'mosquitto/ca.crt']);
  });

  it('can be pasted into a shell, whatever the folder is called', () => {
    const byHand = (path: string) => steps({ folder: path }).byHand;
    expect(byHand('/home/pi/bot')).toBe('mosquitto -c /home/pi/bot/mosquitto/mosquitto.conf');
    expect(byHand("/home/pi/it's; rm -rf $HOME")).toBe(
      "mosquitto -c '/home/pi/it'\\''s; rm -rf $HOME/mosquitto/mosquitto.conf'",
    );
  });
});
