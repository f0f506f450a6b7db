import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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
