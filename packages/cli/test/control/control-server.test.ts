import { chmod, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryLogger } from '@pertybot/core/testing';
import { type ControlHandler, ControlServer } from '../../src/control/control-server.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;
let server: ControlServer | undefined;
const sockets: Socket[] = [];
beforeEach(async () => {
  folder = await makeBotFolder({});
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.stop();
  server = undefined;
  await folder.remove();
});

async function serve(handle: ControlHandler, limit = 5_000): Promise<void> {
  const limits = { request: limit, answer: limit };
  server = await ControlServer.start(folder.path, new MemoryLogger(), handle, limits);
}

/** A client, whose end is awaited by `closed`. */
function client(): { readonly socket: Socket; readonly closed: Promise<unknown> } {
  const socket = connect(folder.file('control.sock'));
  sockets.push(socket);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => {});
  return { socket, closed };
}

async function ask(line: string): Promise<unknown> {
  const { socket } = client();
  socket.write(`${line}\n`);
  return JSON.parse(await text(socket));
}

const question = '{"ask":"refusals"}';

describe('ControlServer', () => {
  it('answers, in a socket of the owner’s alone', async () => {
    const before = process.umask(0);
    try {
      await serve(async () => []);
    } finally {
      process.umask(before);
    }
    expect((await stat(folder.file('control.sock'))).mode & 0o777).toBe(0o600);
    expect(await ask(question)).toEqual({ answer: [] });
    expect(await ask('{"ask":"secrets"}')).toEqual({ error: expect.any(String) });
    expect(await ask('{')).toEqual({ error: expect.any(String) });
  });

  it('outlives whoever asks and goes before the answer', async () => {
    let answers = 0;
    let go = () => {};
    const asked: (() => void)[] = [];
    const gone = new Promise<void>((resolve) => {
      go = resolve;
    });
    await serve(async () => {
      for (const next of asked.splice(0)) next();
      await gone;
      answers += 1;
      return 'x'.repeat(1_000_000);
    });
    for (let count = 0; count < 20; count += 1) {
      const heard = new Promise<void>((resolve) => asked.push(resolve));
      const { socket, closed } = client();
      socket.write(`${question}\n`);
      await heard;
      socket.destroy();
      await closed;
    }
    go();
    expect(await ask(question)).toEqual({ answer: 'x'.repeat(1_000_000) });
    expect(answers).toBe(21);
  });

  it('ends a request that is too long', async () => {
    await serve(async () => []);
    const { socket, closed } = client();
    socket.write('x'.repeat(20_000));
    await closed;
    expect(await ask(question)).toEqual({ answer: [] });
  });

  it('ends a client that says nothing, and one whose answer never comes', async () => {
    await serve(() => new Promise(() => {}), 50);
    const silent = client();
    await silent.closed;
    const patient = client();
    patient.socket.write(`${question}\n`);
    await patient.closed;
  });

  it('lets no crowd of clients in', async () => {
    await serve(async () => []);
    const crowd = Array.from({ length: 200 }, () => {
      const { socket, closed } = client();
      const there = new Promise((resolve) => socket.on('connect', resolve));
      return Promise.race([closed, there.then(() => closed)]);
    });
    await Promise.race(crowd);
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(crowd);
    expect(await ask(question)).toEqual({ answer: [] });
  });

  it('stops though clients wait, and leaves nothing', async () => {
    await serve(() => new Promise(() => {}));
    const { socket, closed } = client();
    socket.write(`${question}\n`);
    await new Promise((resolve) => socket.on('connect', resolve));
    await server?.stop();
    server = undefined;
    await closed;
    await chmod(folder.path, 0o700);
    await expect(stat(folder.file('control.sock'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
