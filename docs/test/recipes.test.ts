import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens, definePlugin } from '@pertybot/core';
import { startTestBot } from '@pertybot/testing';
import { type WebSocket, WebSocketServer } from 'ws';
import hue from './recipes/hue.js';
import live from './recipes/live.js';
import obs from './recipes/obs.js';
import sound from './recipes/sound.js';
import webhookIn from './recipes/webhook-in.js';
import webhookOut from './recipes/webhook-out.js';
import wled from './recipes/wled.js';

/** What a server was asked. */
interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** A server that keeps what it is asked, and answers as it is told. */
class KeepingServer {
  readonly asked: Asked[] = [];
  /** Status and body of the answers to come; after the last, 200 and `{}`. */
  readonly answers: [status: number, body: unknown][] = [];
  private readonly waiting = new Set<() => void>();
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      this.asked.push({
        path: request.url ?? '',
        headers: request.headers,
        body: body === '' ? undefined : JSON.parse(body),
      });
      const [status, answer] = this.answers.shift() ?? [200, {}];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
      for (const wake of this.waiting) wake();
    });
  });

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Resolves once it was asked so often. */
  async heard(count: number): Promise<void> {
    while (this.asked.length < count) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

let server: KeepingServer;
beforeEach(async () => {
  server = new KeepingServer();
  await server.start();
});
afterEach(() => server.stop());

const ann = {
  id: '7',
  login: 'ann',
  displayName: 'Ann',
  roles: [],
  badges: {},
  monthsSubscribed: 0,
} as const;

describe('the recipe for WLED', () => {
  const start = () =>
    startTestBot([wled], {
      config: {
        gpio: { gadgets: { strip: { type: 'wled', host: `127.0.0.1:${server.port}` } } },
      },
    });

  it('lights the strip in a colour, and puts it out by itself', async () => {
    const bot = await start();
    await bot.hear('!strip purple', { as: 'ann' });
    expect(server.asked[0]).toMatchObject({
      path: '/json/state',
      body: { on: true, seg: [{ col: [[160, 0, 255]] }] },
    });
    expect(bot.replies).toEqual(['strip is purple']);
    await bot.clock.advance('10m');
    await server.heard(2);
    expect(server.asked[1]?.body).toEqual({ on: false });
    await bot.stop();
  });

  it('is put out by the emergency stop, and says what it knows', async () => {
    const bot = await start();
    await bot.hear('!strip red', { as: 'ann' });
    await bot.hear('!estop', { as: 'mod', roles: ['moderator'] });
    await server.heard(2);
    expect(server.asked[1]?.body).toEqual({ on: false });
    await bot.hear('!strip mauve', { as: 'ann' });
    expect(server.asked).toHaveLength(2);
    await bot.stop();
  });

  it('touches nothing while it is only tried', async () => {
    const bot = await startTestBot([wled], {
      isTrial: true,
      config: {
        gpio: { gadgets: { strip: { type: 'wled', host: `127.0.0.1:${server.port}` } } },
      },
    });
    await bot.stop();
    expect(server.asked).toEqual([]);
  });
});

describe('the recipe for Philips Hue', () => {
  const start = () =>
    startTestBot([hue], {
      config: {
        gpio: {
          gadgets: {
            desk: { type: 'hue', bridge: `127.0.0.1:${server.port}`, key: 'secret', light: 3 },
          },
        },
      },
    });

  it('lights the lamp in a colour, and puts it out by itself', async () => {
    server.answers.push([200, [{ success: {} }]], [200, [{ success: {} }]]);
    const bot = await start();
    await bot.hear('!desk blue', { as: 'ann' });
    expect(server.asked[0]).toMatchObject({
      path: '/api/secret/lights/3/state',
      body: { on: true, hue: 46_920, sat: 254, bri: 254 },
    });
    await bot.clock.advance('10m');
    await server.heard(2);
    expect(server.asked[1]?.body).toEqual({ on: false });
    server.answers.push([200, []]);
    await bot.stop();
  });

  it('says that it does not work where the bridge says 200 to what it does not do', async () => {
    server.answers.push([200, [{ error: { description: 'unauthorized user' } }]], [200, []]);
    const bot = await start();
    await bot.hear('!desk red', { as: 'ann' });
    expect(bot.replies).toEqual(['desk does not work right now.']);
    expect(JSON.stringify(bot.log)).toContain('unauthorized user');
    await bot.stop();
  });
});

describe('the recipe for OBS', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');

  /** What OBS does of its protocol, version 5. */
  function speakAsObs(socket: WebSocket, changed: string[]): void {
    const send = (op: number, d: object) => socket.send(JSON.stringify({ op, d }));
    socket.on('message', (data) => {
      const { op, d } = JSON.parse(String(data));
      if (op === 1) {
        if (d.authentication === hash(`${hash('passwordsalt')}challenge`)) send(2, {});
        else socket.close(4_009, 'Authentication failed.');
      } else if (op === 6) {
        const isThere = d.requestData.sceneName === 'Workbench';
        if (isThere) changed.push(d.requestData.sceneName);
        send(7, {
          requestId: d.requestId,
          requestStatus: { result: isThere, code: isThere ? 100 : 600 },
        });
      }
    });
    send(0, { rpcVersion: 1, authentication: { challenge: 'challenge', salt: 'salt' } });
  }

  let sockets: WebSocketServer;
  afterEach(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  });

  it('changes to scenes of the owner alone, for moderators', async () => {
    const changed: string[] = [];
    sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    sockets.on('connection', (socket) => speakAsObs(socket, changed));
    await once(sockets, 'listening');
    const { port } = sockets.address() as AddressInfo;
    const config = {
      obs: {
        url: `ws://127.0.0.1:${port}`,
        password: 'password',
        scenes: { bench: 'Workbench', gone: 'Nowhere' },
      },
    };
    const bot = await startTestBot([obs], { config });
    const options = { as: 'mod', roles: ['moderator'] } as const;
    await bot.hear('!scene bench', { as: 'ann' });
    expect(changed).toEqual([]);
    await bot.hear('!scene bench', options);
    expect(changed).toEqual(['Workbench']);
    await bot.clock.advance('10s');
    await bot.hear('!scene Workbench', options);
    await bot.clock.advance('10s');
    await bot.hear('!scene gone', options);
    expect(bot.replies.slice(1)).toEqual(['Now: bench', 'There are: bench, gone']);
    expect(JSON.stringify(bot.log)).toContain('OBS refused it, with 600.');
    expect(changed).toEqual(['Workbench']);
    await bot.stop();
  });
});

describe('the recipes for webhooks', () => {
  it('tells a webhook of a raid', async () => {
    const config = { 'webhook-out': { url: `http://127.0.0.1:${server.port}/hook` } };
    const bot = await startTestBot([webhookOut], { config });
    bot.emit('raid', { channel: 'room', user: ann, viewers: 12 });
    await server.heard(1);
    expect(server.asked[0]?.body).toEqual({
      content: 'Ann raids with 12 viewers.',
      allowed_mentions: { parse: [] },
    });
    await bot.stop();
  });

  it('lets another program drive a gadget, if it knows the secret', async () => {
    // A port that nobody has.
    const { port } = server;
    server.stop();
    const secret = 'a long secret of our own';
    const bot = await startTestBot([webhookIn], {
      config: {
        gpio: { gadgets: { lamp: { type: 'light', pin: 'GPIO17' } } },
        'webhook-in': { port, secret, doors: { bell: 'lamp on', gone: 'lmap on' } },
      },
    });
    const post = async (door: string, said: string, method = 'POST') => {
      const headers = { 'x-secret': said };
      return (await fetch(`http://127.0.0.1:${port}/${door}`, { method, headers })).status;
    };
    expect(await post('bell', 'guess')).toBe(401);
    expect(await post('toString', secret)).toBe(404);
    expect(await post('bell', secret, 'GET')).toBe(404);
    expect(await post('gone', secret)).toBe(503);
    expect(bot.pins.GPIO17.level).toBe(0);
    expect(await post('bell', secret)).toBe(204);
    expect(bot.pins.GPIO17.level).toBe(1);
    await bot.hear('!estop', { as: 'mod', roles: ['moderator'] });
    expect(await post('bell', secret)).toBe(409);
    expect(bot.pins.GPIO17.level).toBe(0);
    await bot.stop();
  });
});

describe('the recipe for sound', () => {
  it('plays files of the owner alone', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sound-'));
    const script = 'require("fs").appendFileSync(process.argv[1], process.argv[2] + "\\n")';
    const played = path.join(folder, 'played');
    const bot = await startTestBot([sound], {
      config: {
        sound: {
          player: [process.execPath, '-e', script, played],
          sounds: { horn: 'sounds/horn.mp3' },
        },
      },
    });
    const options = { as: 'ann', roles: ['subscriber'] } as const;
    await bot.hear('!sound horn', options);
    expect(readFileSync(played, 'utf8')).toBe('sounds/horn.mp3\n');
    await bot.clock.advance('10s');
    await bot.hear('!sound ../../etc/passwd', options);
    expect(bot.replies).toEqual(['There are: horn']);
    expect(readFileSync(played, 'utf8')).toBe('sounds/horn.mp3\n');
    await bot.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('the recipe for asking Twitch', () => {
  it('uses the token of the bot, and the next one where Twitch refuses it', async () => {
    const refused: string[] = [];
    const tokens = definePlugin({
      name: 'tokens',
      provides: [AccessTokens],
      register: (container) =>
        void container.register(AccessTokens, {
          useValue: {
            get: async () => ({
              token: `token${refused.length}`,
              clientId: 'client',
              userId: '1',
              login: 'bot',
              scopes: [],
            }),
            invalidate: async (token: string) => void refused.push(token),
            onChange: () => () => {},
          },
        }),
    });
    server.answers.push(
      [401, {}],
      [200, { data: [{ title: 'Soldering', viewer_count: 42, more: 1 }] }],
      [200, { data: [] }],
    );
    const config = { live: { api: `http://127.0.0.1:${server.port}` } };
    const bot = await startTestBot([tokens, live], { config });
    await bot.hear('!watching', { as: 'ann', channel: 'room' });
    await bot.clock.advance('15s');
    await bot.hear('!watching', { as: 'ann', channel: 'room' });
    expect(bot.replies).toEqual(['42 watch Soldering', 'Nobody streams.']);
    expect(refused).toEqual(['token0']);
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token0',
      'Bearer token1',
      'Bearer token1',
    ]);
    expect(server.asked[0]).toMatchObject({ path: '/streams?user_login=room' });
    await bot.stop();
  });
});

describe('docs/recipes.md', () => {
  const page = readFileSync(path.join(__dirname, '..', 'recipes.md'), 'utf8');
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

  it('shows the very files that are tested here', () => {
    const folder = path.join(__dirname, 'recipes');
    const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    expect([...blocks].sort()).toEqual([...files].sort());
  });
});
