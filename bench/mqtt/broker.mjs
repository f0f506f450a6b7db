// A Mosquitto on loopback, or the words of what is missing.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = process.env.MOSQUITTO ?? '/usr/sbin/mosquitto';

/** Whether this machine has a Mosquitto. */
export const hasBroker = existsSync(program);

/** Starts one on a free port. @returns its address, and what kills it and starts it anew */
export async function startBroker() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-mosquitto-'));
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  const file = join(folder, 'mosquitto.conf');
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
  let child;
  const start = async () => {
    child = spawn(program, ['-c', file], { stdio: 'ignore' });
    child.on('error', () => {
      throw new Error('It needs: apt-get install mosquitto');
    });
    while (!(await isOpen(port))) await sleep(20);
  };
  const kill = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return { url: `mqtt://127.0.0.1:${port}`, start, kill };
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
