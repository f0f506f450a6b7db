import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect } from '@jest/globals';
import { aclFile } from '../../src/setup/mosquitto-acl.js';
import { newPassword, passwordFile } from '../../src/setup/mosquitto-users.js';
import { proveAccess } from '../../src/setup/prove-access.js';
import { itNeedsMosquitto, RealMosquitto } from '../support/real-mosquitto.js';

const host = { name: 'pertybot', password: newPassword() };
const nodes = ['garage', 'desk'].map((name) => ({ name, password: newPassword() }));

let broker: RealMosquitto | undefined;
afterEach(async () => {
  await broker?.end();
  broker = undefined;
});

/** Proves a broker whose files are these. */
async function prove(acl: string, more: readonly string[] = ['allow_anonymous false']) {
  broker = await RealMosquitto.start();
  const { folder } = broker;
  await writeFile(join(folder, 'passwords'), passwordFile([host, ...nodes]), { mode: 0o600 });
  await writeFile(join(folder, 'acl'), acl, { mode: 0o600 });
  await broker.configure([
    ...more,
    `password_file ${join(folder, 'passwords')}`,
    `acl_file ${join(folder, 'acl')}`,
  ]);
  const findings = await proveAccess({ url: broker.url, host, nodes });
  return findings.map(({ level, message }) => `${level}: ${message}`);
}

describe('the proof of a broker', () => {
  const names = nodes.map(({ name }) => name);

  itNeedsMosquitto('finds that each node writes its own topics alone', async () => {
    expect(await prove(aclFile({ host: host.name, nodes: names }))).toEqual([
      'ok: "pertybot" logs in, with MQTT 5.',
      'ok: Nobody gets in without a password.',
      'ok: Nobody gets in with a wrong password.',
      'ok: "garage" logs in, and writes its own topics alone.',
      'ok: "desk" logs in, and writes its own topics alone.',
    ]);
  });

  itNeedsMosquitto('finds a node that may write what is not its own', async () => {
    const acl = `${aclFile({ host: host.name, nodes: names })}topic write pertybot/garage/#\n`;
    expect(await prove(acl)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ok: "garage"/),
        'error: "desk" can write pertybot/garage/proof, which is not its own.',
      ]),
    );
  });

  itNeedsMosquitto(
    'finds a node that cannot write its own, and one that does not get in',
    async () => {
      expect(await prove(aclFile({ host: host.name, nodes: ['garage'] }))).toContain(
        'error: What "desk" writes does not arrive.',
      );
    },
  );

  itNeedsMosquitto('finds a broker that anybody gets into', async () => {
    const acl = aclFile({ host: host.name, nodes: names });
    expect(await prove(acl, ['allow_anonymous true'])).toContain(
      'error: This is not true: Nobody gets in without a password.',
    );
  });
});
