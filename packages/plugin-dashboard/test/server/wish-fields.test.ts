import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Served } from '../served.js';

let served: Served;
let cookie: string;
beforeAll(async () => {
  served = await Served.start();
  cookie = await served.logIn('owner');
});
afterAll(() => served.stop());
beforeEach(() => {
  served.control.asked.length = 0;
});

const wish = (target: string, body: unknown) => served.wish(target, body, cookie);

/** What no field of any wish is. */
const odd: readonly unknown[] = [
  null,
  7,
  -1,
  1e308,
  [],
  ['lamp'],
  {},
  { toString: 'lamp' },
  { length: 3 },
];

/** Wishes as the page sends them. */
const wishes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/api/estop': { engage: true },
  '/api/drive': { gadget: 'lamp', action: 'on' },
  '/api/say': { text: 'hello' },
  '/api/line': { text: 'alice: hi' },
  '/api/press': { gadget: 'bell' },
  '/api/restart': { plugin: 'irc' },
  '/api/switch': { plugin: 'irc', enabled: false },
  '/api/plugins/add': { plugin: 'mqtt' },
  '/api/plugins/remove': { plugin: 'irc' },
  '/api/file': { text: 'x', was: 'y' },
  '/api/file/check': { text: 'x' },
  '/api/logins': { account: 'bot' },
  '/api/invite': { role: 'viewer' },
};

const fields = Object.entries(wishes).flatMap(([target, body]) =>
  Object.keys(body).map((field) => [target, field] as const),
);

describe.each(fields)('%s', (target, field) => {
  const body = wishes[target] ?? {};

  it(`is not taken without its ${field}`, async () => {
    const { [field]: _, ...others } = body;
    const { status, text } = await wish(target, others);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ done: false, text: expect.any(String) });
    expect(served.control.asked).toEqual([]);
  });

  it(`is not taken with a ${field} of another kind`, async () => {
    const others = typeof body[field] === 'boolean' ? ['true', 'on', ''] : [true, false];
    for (const value of [...odd, ...others]) {
      expect([value, (await wish(target, { ...body, [field]: value })).status]).toEqual([
        value,
        400,
      ]);
    }
    expect(served.control.asked).toEqual([]);
  });

  it('is not taken from a prototype', async () => {
    const { [field]: value, ...others } = body;
    const text = JSON.stringify({ ...others, x: 1 }).replace(
      '"x":1',
      `"__proto__":${JSON.stringify({ [field]: value })}`,
    );
    const headers = {
      'content-type': 'application/json',
      origin: `http://localhost:${served.port}`,
      cookie,
    };
    expect((await served.send(target, { method: 'POST', headers }, text)).status).toBe(400);
    expect(served.control.asked).toEqual([]);
  });
});

/** Texts of wishes that are as long as somebody likes. */
const texts = fields.filter(([target, field]) => {
  return typeof wishes[target]?.[field] === 'string' && !/file|logins|invite/.test(target);
});

describe.each(texts)('%s', (target, field) => {
  it(`takes a ${field} of 2,000 characters, and none that is longer`, async () => {
    const body = wishes[target] ?? {};
    expect((await wish(target, { ...body, [field]: 'x'.repeat(2_000) })).status).toBe(200);
    served.control.asked.length = 0;
    expect((await wish(target, { ...body, [field]: 'x'.repeat(2_001) })).status).toBe(400);
    expect((await wish(target, { ...body, [field]: 'x'.repeat(17_000) })).status).toBe(413);
    expect(served.control.asked).toEqual([]);
  });
});

describe('what else is in a wish', () => {
  it('is passed over', async () => {
    const body = { text: 'hello', role: 'owner', channel: 'other', constructor: 7 };
    expect((await wish('/api/say', body)).status).toBe(200);
    expect(served.control.asked).toEqual(['say hello']);
  });

  it('is handed on as it is written, without a meaning of its own', async () => {
    const strange = '../lamp\u0000\r\n<b>"$(reboot)" 🎉';
    await wish('/api/drive', { gadget: strange, action: strange });
    await wish('/api/restart', { plugin: strange });
    expect(served.control.asked).toEqual([`drive ${strange} ${strange}`, `restart ${strange}`]);
  });
});

/** Sends a head that tells of a body, and nothing of the body. @returns the status of the answer */
async function announce(target: string, length: number, as?: string): Promise<number | undefined> {
  const headers = {
    host: `localhost:${served.port}`,
    'content-type': 'application/json',
    'content-length': length,
    origin: `http://localhost:${served.port}`,
    ...(as && { cookie: as }),
  };
  const options = { host: '127.0.0.1', port: served.port, path: target, method: 'POST', headers };
  const sent = request(options).on('error', () => {});
  sent.flushHeaders();
  const [{ statusCode }] = await once(sent, 'response');
  sent.destroy();
  return statusCode;
}

describe('plugins.yaml', () => {
  it('may be as long as a file is, and no longer', async () => {
    const text = '#'.repeat(900_000);
    expect((await wish('/api/file/check', { text })).status).toBe(200);
    for (const target of ['/api/file', '/api/file/check']) {
      expect([target, await announce(target, 1_100_000, cookie)]).toEqual([target, 413]);
    }
    expect(served.control.asked).toEqual([]);
  });

  it('of a stranger, or of one who may not, is not even waited for', async () => {
    const operator = await served.logIn('operator');
    expect(await announce('/api/file', 900_000)).toBe(413);
    expect(await announce('/api/file/check', 900_000, operator)).toBe(413);
    expect(await announce('/api/file/schema', 900_000, cookie)).toBe(413);
  });

  it('comes with its faults at their places', async () => {
    served.control.faults = [{ line: 2, column: 3, message: 'no such key', hint: 'Leave it out.' }];
    const checked = await wish('/api/file/check', { text: 'plugins: 7' });
    expect(JSON.parse(checked.text)).toEqual({ text: 'plugins: 7', faults: served.control.faults });
    const { text } = await served.send('/api/file', { headers: { cookie } });
    expect(JSON.parse(text)).toEqual({ text: 'plugins: []\n', faults: served.control.faults });
    served.control.faults = [];
  });

  it('is looked at by nobody whose body is a lie about its length', async () => {
    const headers = {
      'content-type': 'application/json',
      origin: `http://localhost:${served.port}`,
      'transfer-encoding': 'chunked',
      cookie,
    };
    const body = JSON.stringify({ text: 'x'.repeat(40_000) });
    const { status } = await served.send('/api/say', { method: 'POST', headers }, body);
    expect(status).toBe(413);
    expect(served.control.asked).toEqual([]);
  });
});

describe('logins and invitations', () => {
  it.each(['owner ', 'OWNER', 'king', '', '__proto__'])('know no role %j', async (role) => {
    expect((await wish('/api/invite', { role })).status).toBe(400);
  });

  it.each(['me', 'BOT', '', 'constructor'])('know no account %j', async (account) => {
    expect((await wish('/api/logins', { account })).status).toBe(400);
    expect(served.control.asked).toEqual([]);
  });

  it('may name a channel, of which only a name is one', async () => {
    const broadcaster = { account: 'broadcaster', channel: 'streamer' };
    expect((await wish('/api/logins', broadcaster)).status).toBe(200);
    expect((await wish('/api/logins', { ...broadcaster, channel: 7 })).status).toBe(400);
    expect(served.control.asked).toEqual(['login broadcaster here']);
  });
});
