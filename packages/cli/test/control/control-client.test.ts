import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askBot, request } from '../../src/control/control-client.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { answerAsBot, statusReport } from '../support/running-bot.js';

let folder: TestFolder;
let server: Server | undefined;
const sockets = new Set<Socket>();
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  await folder.remove();
});

/** Somebody else behind the socket, who does with whoever comes as he likes. */
async function listen(answer: (socket: Socket) => void, place = '.pertybot'): Promise<void> {
  await mkdir(folder.file(place), { recursive: true, mode: 0o700 });
  const listening = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    answer(socket);
  });
  server = listening;
  await new Promise<void>((resolve) =>
    listening.listen(folder.file(`${place}/control.sock`), resolve),
  );
}

const refusals = { ask: 'refusals' } as const;

describe('askBot', () => {
  it('says that no bot runs where there is no folder, no socket, or only a dead one', async () => {
    const expected = { code: 'CLI_BOT_NOT_RUNNING', hint: expect.stringContaining('--dir') };
    await expect(askBot(folder.file('nowhere'), refusals)).rejects.toMatchObject(expected);
    await expect(askBot(folder.path, refusals)).rejects.toMatchObject(expected);
    await mkdir(folder.file('.pertybot'));
    await writeFile(folder.file('.pertybot/control.sock'), 'no socket');
    await expect(askBot(folder.path, refusals)).rejects.toMatchObject(expected);
  });

  it('sends one line of JSON', async () => {
    const heard: string[] = [];
    await listen((socket) => {
      socket.on('data', (part) => {
        heard.push(part.toString());
        socket.end('{"answer":[]}\n');
      });
    });
    expect(await askBot(folder.path, refusals)).toEqual([]);
    expect(heard).toEqual(['{"ask":"refusals"}\n']);
  });

  it('asks the bot of pertybot dev where no other runs', async () => {
    await listen((socket) => socket.end('{"answer":[]}\n'), '.pertybot/dev');
    expect(await askBot(folder.path, refusals)).toEqual([]);
  });

  it('asks the bot of pertybot start first', async () => {
    const dev = await makeBotFolder({});
    await listen((socket) => socket.end('{"error":"the wrong one"}\n'), '.pertybot/dev');
    const start = await answerAsBot(folder, { refusals: [] });
    expect(await askBot(folder.path, refusals)).toEqual([]);
    await start.stop();
    await dev.remove();
  });

  it('puts an answer together that comes in pieces', async () => {
    await listen(async (socket) => {
      for (const letter of '{"answer":[]}\n') {
        await new Promise((resolve) => socket.write(letter, resolve));
      }
      socket.end();
    });
    expect(await askBot(folder.path, refusals)).toEqual([]);
  });

  it('fails as the bot says that it fails', async () => {
    await listen((socket) => socket.end('{"error":"The bot is stopping."}\n'));
    await expect(askBot(folder.path, refusals)).rejects.toMatchObject({
      code: 'CLI_BOT_REFUSED',
      message: 'The bot is stopping.',
    });
  });

  it.each([
    ['nothing', ''],
    ['half a frame', '{"answer":[{"time":"2026'],
    ['no JSON', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['another shape', '{"result":[]}\n'],
    ['an answer to another question', '{"answer":{"done":true,"text":"Said."}}\n'],
    ['a list of something else', '{"answer":[1,2,3]}\n'],
    ['null', 'null\n'],
    ['two answers', '{"answer":[]}\n{"answer":[]}\n'],
    ['bytes that are no text', '\u0000\uffff\u0000'],
  ])('says that an answer makes no sense that is %s', async (_, answer) => {
    await listen((socket) => socket.end(answer));
    await expect(askBot(folder.path, refusals)).rejects.toMatchObject({
      code: 'CLI_BOT_REFUSED',
      message: 'The running bot gave an answer that makes no sense.',
      hint: 'It may be another version of PertyBot: restart it.',
    });
  });

  it('gives up on one that never answers, and says for how long it waited', async () => {
    await listen(() => {});
    await expect(askBot(folder.path, refusals, 20)).rejects.toMatchObject({
      code: 'CLI_BOT_SILENT',
      message: 'The running bot did not answer within 0.02 s.',
    });
  });

  it('gives up on one that begins an answer and never ends it', async () => {
    await listen((socket) => socket.write('{"answer":['));
    await expect(askBot(folder.path, refusals, 50)).rejects.toMatchObject({
      code: 'CLI_BOT_SILENT',
    });
  });

  it('gives up on one that answers without end', async () => {
    const much = 'x'.repeat(1_048_576);
    await listen((socket) => {
      const flood = () => {
        if (!socket.destroyed) socket.write(much, flood);
      };
      flood();
    });
    await expect(askBot(folder.path, refusals)).rejects.toMatchObject({
      code: 'CLI_BOT_SILENT',
      cause: expect.objectContaining({ message: 'The answer is too long.' }),
    });
  });

  it('leaves no timer behind that keeps the process', async () => {
    await listen((socket) => socket.end('{"answer":[]}\n'));
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    const before = timers().length;
    await askBot(folder.path, refusals, 60_000);
    expect(timers()).toHaveLength(before);
  });

  it('fills in what an older bot does not tell', async () => {
    const { inputs: _, rewards: __, prefix: ___, ...older } = statusReport();
    const bot = await answerAsBot(folder, { status: older });
    expect(await askBot(folder.path, { ask: 'status' })).toMatchObject({
      ...{ inputs: [], rewards: [], prefix: '!' },
    });
    await bot.stop();
  });

  it('takes ten thousand answers of a large bot in one', async () => {
    const time = '2026-01-01T00:00:00Z';
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...{ time, user: `viewer${index}`, command: 'lamp on', reason: 'cooldown' },
    }));
    const bot = await answerAsBot(folder, { refusals: many });
    expect(await askBot(folder.path, refusals)).toHaveLength(10_000);
    await bot.stop();
  });
});

describe('request', () => {
  it('gives what the bot says of what it did', async () => {
    await listen((socket) => socket.end('{"answer":{"done":true,"text":"Said."}}\n'));
    expect(await request(folder.path, { ask: 'say', text: 'hello' })).toBe('Said.');
  });

  it('fails with what the bot says where it did nothing', async () => {
    await listen((socket) => socket.end('{"answer":{"done":false,"text":"Not said: late."}}\n'));
    await expect(request(folder.path, { ask: 'say', text: 'hello' })).rejects.toMatchObject({
      code: 'CLI_BOT_REFUSED',
      message: 'Not said: late.',
    });
  });
});
