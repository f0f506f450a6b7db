import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type BrokerSurroundings,
  type CheckedBroker,
  checkBroker,
} from '../../src/doctor/broker-checks.js';
import { readPersistence } from '../../src/doctor/mosquitto-persistence.js';
import { passwordFile } from '../../src/setup/mosquitto-users.js';
import { itNeedsMosquitto, RealMosquitto } from '../support/real-mosquitto.js';

let broker: RealMosquitto | undefined;
afterEach(async () => {
  await broker?.end();
  broker = undefined;
});

const tell = async (
  config: CheckedBroker['config'],
  surroundings?: BrokerSurroundings,
  folder = tmpdir(),
) =>
  (await checkBroker({ config, folder }, surroundings)).map(
    ({ level, message }) => `${level}: ${message}`,
  );

const keeps = (value: boolean | undefined) => ({ persistence: async () => value });

/** A broker with one user, `garage`, whose password is `lamp`. */
async function startClosed(): Promise<RealMosquitto> {
  const started = await RealMosquitto.start();
  broker = started;
  const file = join(started.folder, 'passwords');
  await writeFile(file, passwordFile([{ name: 'garage', password: 'lamp' }]));
  await started.configure(['allow_anonymous false', `password_file ${file}`]);
  return started;
}

describe('what doctor says of a broker', () => {
  itNeedsMosquitto('is its version, its protocol, and whom it lets in', async () => {
    const { url } = await startClosed();
    const login = { broker: url, user: 'garage', password: 'lamp' };
    expect(await tell(login, keeps(true))).toEqual([
      `ok: ${url} is reached, with MQTT 5.`,
      expect.stringMatching(/^ok: It is mosquitto version 2\./),
      'ok: Nobody gets in without a password.',
      'ok: It keeps what is retained over a restart.',
    ]);
  });

  itNeedsMosquitto('is that a wrong password, or none, does not get in', async () => {
    const { url } = await startClosed();
    const wrong = { broker: url, user: 'garage', password: 'lmap' };
    expect(await tell(wrong)).toEqual([`error: ${url} lets in not "garage".`]);
    expect(await tell({ broker: url })).toEqual([`error: ${url} lets in nobody without a user.`]);
  });

  itNeedsMosquitto('is no fault where anybody gets in from this machine alone', async () => {
    broker = await RealMosquitto.start();
    expect(await tell({ broker: broker.url }, keeps(false))).toEqual(
      expect.arrayContaining([
        'info: Anybody gets in without a password, and can switch gadgets.',
        'warning: It forgets an emergency stop when it is started anew; the bot repeats it.',
      ]),
    );
  });

  it('is that nothing listens, or that what listens says nothing', async () => {
    const silent = createServer((socket) => void socket.resume().on('error', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const url = `mqtt://127.0.0.1:${port}`;
    expect(await tell({ broker: url })).toEqual([
      expect.stringMatching(/^error: mqtt:.* is not reached: .*\.$/),
    ]);
    await new Promise((resolve) => silent.close(resolve));
    expect(await tell({ broker: url })).toEqual([`error: Nothing listens at ${url}.`]);
  });
});

describe('the certificate of a broker', () => {
  it('is looked for in the folder of plugins.yaml, whatever folder the program runs in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mqtt-ca-'));
    const config = { broker: 'mqtts://127.0.0.1:1', ca: 'ca.crt' };
    expect(await tell(config, undefined, folder)).toEqual([
      'error: The certificate "ca.crt" cannot be read.',
    ]);
    await writeFile(join(folder, 'ca.crt'), '');
    expect(await tell(config, undefined, folder)).toEqual([
      'error: Nothing listens at mqtts://127.0.0.1:1.',
    ]);
    await rm(folder, { recursive: true });
  });
});

describe('whether a Mosquitto keeps what is retained', () => {
  it('is what its files say last, those that they include among them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mosquitto-'));
    const file = join(folder, 'mosquitto.conf');
    const included = join(folder, 'conf.d');
    await mkdir(included);
    expect(await readPersistence(file)).toBeUndefined();
    await writeFile(file, '# persistence true\n');
    expect(await readPersistence(file)).toBe(false);
    await writeFile(file, `persistence false\ninclude_dir ${included}\n`);
    await writeFile(join(included, 'a.conf'), 'persistence true\n');
    await writeFile(join(included, 'b.txt'), 'persistence false\n');
    expect(await readPersistence(file)).toBe(true);
    await rm(folder, { recursive: true });
  });
});
