import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeMessage } from '@pertybot/core/testing';
import type { PageRole } from '../../src/auth/role.js';
import { Served } from '../served.js';

let served: Served;
const cookies: Partial<Record<PageRole, string>> = {};
const open: ClientRequest[] = [];

beforeAll(async () => {
  served = await Served.start();
  for (const role of ['viewer', 'operator', 'owner'] as const) {
    cookies[role] = await served.logIn(role);
  }
});
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});
afterAll(() => served.stop());

interface StreamOptions {
  readonly target?: string;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A stream as a browser has it: its events in their order. */
class Reader {
  private text = '';
  private readonly waiting = new Set<() => void>();

  private constructor(readonly response: IncomingMessage) {
    response.on('error', () => {});
    response.setEncoding('utf8').on('data', (part: string) => {
      this.text += part;
      for (const each of this.waiting) each();
    });
  }

  static async open({ target = '/events', cookie, headers }: StreamOptions = {}): Promise<Reader> {
    const sent = request({
      host: '127.0.0.1',
      port: served.port,
      path: target,
      headers: { host: `localhost:${served.port}`, ...(cookie && { cookie }), ...headers },
    });
    open.push(sent.on('error', () => {}));
    sent.end();
    const [response] = await once(sent, 'response');
    return new Reader(response);
  }

  get events(): readonly {
    readonly event: string;
    readonly data: unknown;
    readonly id?: string;
  }[] {
    return this.text
      .split('\n\n')
      .slice(0, -1)
      .map((each) => Object.fromEntries(each.split('\n').map((line) => line.split(/: (.*)/s))))
      .filter(({ event }) => event !== undefined)
      .map(({ event, data, id }) => ({ event, data: JSON.parse(data), ...(id && { id }) }));
  }

  of(event: string): readonly unknown[] {
    return this.events.filter((each) => each.event === event).map(({ data }) => data);
  }

  /** Texts of what was said, as far as it was told. */
  get said(): readonly string[] {
    return this.of('feed').flatMap((feed) => (feed as { text: string }[]).map(({ text }) => text));
  }

  /** Resolves once `check` holds. */
  until(check: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!check()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  told(event: string): Promise<void> {
    return this.until(() => this.of(event).length > 0);
  }
}

const say = (text: string) => served.page.desk.hear({ name: 'message', data: makeMessage(text) });
const overlay = () => `/overlay/events?key=${served.page.desk.keys.overlay}`;

describe('the stream of the page', () => {
  it.each(['viewer', 'operator', 'owner'] as const)(
    'tells a %s who he is, at once',
    async (role) => {
      const reader = await Reader.open({ cookie: cookies[role] });
      await reader.told('report');
      expect(reader.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      expect(reader.events[0]).toMatchObject({ event: 'hello', data: { role, whole: true } });
      expect(reader.of('report')[0]).toMatchObject({ state: 'ready', prefix: '!' });
      expect(reader.of('hour')).toHaveLength(1);
      expect(reader.of('log')).toHaveLength(role === 'owner' ? 1 : 0);
    },
  );

  it.each(['POST', 'PUT', 'DELETE'])('is not had by %s', async (method) => {
    const headers = {
      cookie: cookies.owner ?? '',
      origin: `http://localhost:${served.port}`,
      'content-type': 'application/json',
    };
    expect((await served.send('/events', { method, headers })).status).toBe(405);
    expect((await served.send(overlay(), { method, headers })).status).toBe(405);
  });

  it.each(['/events/', '/events/x', '/Events', '/%65vents', '//events', '/overlay/events/'])(
    'is nowhere else: %s',
    async (target) => {
      const { status } = await served.send(target, { headers: { cookie: cookies.owner ?? '' } });
      expect(status).toBe(404);
    },
  );

  it('is worth nothing without its cookie, whatever the address says', async () => {
    const real = cookies.owner?.split('=')[1] ?? '';
    for (const query of ['?role=owner', `?cookie=${real}`, `?key=${real}`, '?last=x-1', '?%']) {
      expect((await served.send(`/events${query}`)).status).toBe(401);
    }
  });

  it('goes on where it was left, by the header or by the address', async () => {
    say('one');
    const first = await Reader.open({ cookie: cookies.viewer });
    await first.told('feed');
    const id = first.events.find((each) => each.event === 'feed')?.id ?? '';
    say('two');
    const byHeader = { headers: { 'last-event-id': id } };
    for (const how of [{ target: `/events?last=${id}` }, byHeader]) {
      const again = await Reader.open({ cookie: cookies.viewer, ...how });
      await again.told('feed');
      expect(again.of('hello')[0]).toMatchObject({ whole: false });
      expect(again.said).toEqual(['two']);
    }
  });

  it('begins anew where nobody knows what was seen', async () => {
    const { epoch, feed } = served.page.desk;
    const strange = [
      'x-1',
      epoch,
      `${epoch}-`,
      `${epoch}-${feed.newest + 1}`,
      `${epoch}--1`,
      `${epoch}-1e3`,
      `${epoch}-0x1`,
      'a'.repeat(4_000),
    ];
    for (const last of strange) {
      const reader = await Reader.open({ target: `/events?last=${last}`, cookie: cookies.viewer });
      await reader.told('hello');
      expect(reader.of('hello')[0]).toMatchObject({ whole: true });
    }
  });

  it('tells a page that slept for an hour what stands now, and the last of what was said', async () => {
    const { desk } = served.page;
    say('before it slept');
    const id = `${desk.epoch}-${desk.feed.newest}`;
    for (let count = 0; count < 2_000; count++) say(`line ${count}`);
    served.control.current = { ...served.control.current, estop: 'alice' };
    const reader = await Reader.open({ target: `/events?last=${id}`, cookie: cookies.viewer });
    await reader.told('report');
    expect(reader.of('hello')[0]).toMatchObject({ whole: true });
    expect(reader.said).toHaveLength(500);
    expect(reader.said.at(-1)).toBe('line 1999');
    expect(reader.of('report')[0]).toMatchObject({ estop: 'alice' });
    const { estop: _, ...released } = served.control.current;
    served.control.current = released;
  });

  it('tells what happens to all who look, and ends for him who is gone', async () => {
    const readers = await Promise.all(
      (['viewer', 'operator', 'owner'] as const).map((role) =>
        Reader.open({ cookie: cookies[role] }),
      ),
    );
    for (const reader of readers) await reader.told('report');
    open.at(-1)?.destroy();
    say('to all of you');
    for (const reader of readers.slice(0, 2)) {
      await reader.until(() => reader.said.includes('to all of you'));
    }
    expect(served.page.desk.feed.newest).toBeGreaterThan(0);
  });
});

describe('the stream of the overlay', () => {
  it('has a key of its own, and nothing else opens it', async () => {
    const { metrics } = served.page.desk.keys;
    const key = served.page.desk.keys.overlay;
    const wrong = [
      '',
      '?key=',
      `?key=${metrics}`,
      `?key=${key}x`,
      `?key=${key.slice(1)}`,
      `?k=${key}`,
    ];
    for (const query of wrong) {
      expect((await served.send(`/overlay/events${query}`)).status).toBe(401);
    }
    const headers = { cookie: cookies.owner ?? '' };
    expect((await served.send('/overlay/events', { headers })).status).toBe(401);
    expect((await served.send(`/events?key=${key}`)).status).toBe(401);
  });

  it('shows what viewers may see: no line of chat, no plugin, no log', async () => {
    served.control.tell({ time: '', level: 'info', message: 'for the owner' });
    const reader = await Reader.open({ target: overlay(), cookie: cookies.owner });
    await reader.told('report');
    expect(reader.of('hello')[0]).toMatchObject({ role: 'viewer' });
    say('hello');
    served.page.desk.hear({ name: 'reply', data: { channel: 'c', text: 'x', delivery: {} } });
    served.page.desk.hear({ name: 'fault', data: { plugin: 'p', where: 'w', error: 'secret' } });
    served.page.desk.hear({ name: 'message', data: makeMessage('cheer', { as: 'Al', bits: 5 }) });
    served.page.desk.hear({ name: 'raid', data: { channel: 'c', viewers: 7 } });
    const seen = () => reader.of('feed').flat() as { type: string; name: string }[];
    await reader.until(() => seen().some(({ name }) => name === 'raid'));
    expect(new Set(seen().map(({ type }) => type))).toEqual(new Set(['event']));
    expect(seen().map(({ name }) => name)).toEqual(expect.arrayContaining(['cheer', 'raid']));
    expect(Object.keys(reader.of('report')[0] ?? {}).sort()).toEqual(['gadgets', 'outputs']);
    expect([...reader.of('log'), ...reader.of('hour')]).toEqual([]);
  });

  it('is not for the page of another site', async () => {
    const from = { origin: 'http://evil.example' };
    expect((await served.send(overlay(), { headers: from })).status).toBe(403);
    const host = { host: `evil.example:${served.port}` };
    expect((await served.send(overlay(), { headers: host })).status).toBe(403);
  });
});
