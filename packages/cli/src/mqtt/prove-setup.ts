import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Finding, messageOf } from '@pertybot/core';
import {
  type BrokerUser,
  type MosquittoConfigOptions,
  mosquittoConfig,
  proveAccess,
} from '@pertybot/plugin-mqtt';

/** What is proved. */
export interface ProvedSetup {
  /** As it was written; ports, and the place of its data, are others for the proof. */
  readonly config: MosquittoConfigOptions;
  /** Certificate of the authority, PEM. */
  readonly ca?: string | undefined;
  readonly host: BrokerUser;
  readonly nodes: readonly BrokerUser[];
}

const subject = 'broker';

/** Milliseconds that a Mosquitto may take to listen. */
const patience = 10_000;

/** Where Mosquitto is, on this machine; Debian has it where not everybody looks. */
export function mosquittoProgram(path = process.env.PATH ?? ''): string | undefined {
  const folders = [...path.split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, 'mosquitto')).find((file) => existsSync(file));
}

/** Runs a real Mosquitto with what was written, on ports of its own, and tries all of its users. */
export async function proveSetup(setup: ProvedSetup): Promise<readonly Finding[]> {
  const program = mosquittoProgram();
  if (program === undefined) {
    const message = 'Mosquitto is not installed here, so that nothing was checked.';
    return [{ level: 'warning', subject, message, hint: 'Run: sudo apt install mosquitto' }];
  }
  const place = await mkdtemp(join(tmpdir(), 'pertybot-broker-'));
  let broker: ChildProcess | undefined;
  try {
    const [port, loopbackPort] = [await freePort(), await freePort()];
    const dataFolder = join(place, 'data');
    await mkdir(dataFolder);
    const file = join(place, 'mosquitto.conf');
    const { loopbackPort: hasLoopback } = setup.config;
    const text = mosquittoConfig({
      ...setup.config,
      ...{ listen: '127.0.0.1', port, dataFolder },
      ...(hasLoopback !== undefined && { loopbackPort }),
      // Nobody else may read what was written.
      ...(process.getuid?.() === 0 && { user: 'root' }),
    });
    await writeFile(file, text);
    broker = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said = collect(broker);
    const scheme = setup.config.tls ? 'mqtts' : 'mqtt';
    const url = `${scheme}://localhost:${port}`;
    const proof = await untilItListens(broker, () => proveAccess({ ...setup, url }));
    if (proof !== undefined) return proof;
    const message = `Mosquitto does not run with it: ${said().trim() || 'it says nothing'}`;
    return [{ level: 'error', subject, message }];
  } finally {
    await end(broker);
    await rm(place, { recursive: true, force: true });
  }
}

/** @returns undefined when the broker ended, or was never there. */
async function untilItListens(
  broker: ChildProcess,
  prove: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[] | undefined> {
  let failed = false;
  broker.once('error', () => {
    failed = true;
  });
  const last = performance.now() + patience;
  for (;;) {
    try {
      return await prove();
    } catch (error) {
      if (failed || broker.exitCode !== null) return undefined;
      if (performance.now() > last) {
        return [
          { level: 'error', subject, message: `The host does not get in: ${messageOf(error)}` },
        ];
      }
      await wait(100);
    }
  }
}

function collect({ stderr }: ChildProcess): () => string {
  let text = '';
  stderr?.on('data', (chunk: Buffer) => {
    if (text.length < 4_000) text += chunk.toString('utf8');
  });
  return () => text;
}

async function end(broker: ChildProcess | undefined): Promise<void> {
  if (broker === undefined || broker.pid === undefined || broker.exitCode !== null) return;
  const ended = new Promise((resolve) => broker.once('exit', resolve));
  broker.kill('SIGKILL');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
