// The processes of the demo: a broker, and bots that are killed, frozen and started again.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const mosquitto = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find((file) =>
  existsSync(file),
);

/** A process that can be started again. */
class Machine {
  child;

  constructor(name, begin) {
    this.name = name;
    this.begin = begin;
  }

  get isRunning() {
    return (
      this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null
    );
  }

  async start() {
    // One that never gets ready is stopped all the same.
    const began = (child) => {
      this.child = child;
    };
    if (!this.isRunning) await this.begin(began);
  }

  /** Dead, as by `kill -9`. */
  async kill() {
    if (!this.isRunning) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  freeze() {
    this.child?.kill('SIGSTOP');
  }

  thaw() {
    this.child?.kill('SIGCONT');
  }

  /** As its owner stops it. */
  async stop() {
    if (!this.isRunning) return;
    this.thaw();
    const ended = once(this.child, 'exit');
    if (this.child.connected) this.child.send('stop');
    else this.child.kill('SIGTERM');
    await Promise.race([ended, sleep(5_000)]);
    await this.kill();
  }
}

/** @param tell called with what its bot says: `{ text }`, `{ pin, level }` or `{ ready }` */
export function botMachine(name, { folder, state, overlay, tell }) {
  return new Machine(name, async (began) => {
    const program = path.join(here, 'machine.mjs');
    mkdirSync(state, { recursive: true });
    const child = fork(program, [folder, state, JSON.stringify(overlay)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    began(child);
    await new Promise((resolve, reject) => {
      child.on('message', (said) => {
        tell(said);
        if (said.ready) resolve();
      });
      child.once('exit', () => reject(new Error(`"${name}" ended before it was ready.`)));
    });
  });
}

/** Mosquitto where it is installed, else aedes. */
export function brokerMachine({ folder, port, kind = mosquitto ? 'mosquitto' : 'aedes' }) {
  const machine = new Machine('broker', async (began) => {
    began(kind === 'mosquitto' ? startMosquitto(folder, port) : startAedes(port));
    for (let tries = 0; !(await isOpen(port)); tries += 1) {
      if (tries > 200) throw new Error(`The broker (${kind}) does not listen.`);
      await sleep(50);
    }
  });
  machine.kind = kind;
  return machine;
}

function startMosquitto(folder, port) {
  const lines = [
    ...(process.getuid() === 0 ? ['user root'] : []),
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${folder}/`,
    `listener ${port} 127.0.0.1`,
  ];
  const file = path.join(folder, 'mosquitto.conf');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return spawn(mosquitto, ['-c', file], { stdio: 'ignore' });
}

function startAedes(port) {
  const program = path.join(here, 'aedes-broker.mjs');
  return fork(program, [String(port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
