import { describe, expect, it } from '@jest/globals';
import { largestAnnouncement, type Messages, readMessage } from '../../src/protocol/messages.js';
import { announcedOf, bytes, host, idOf, wishOf } from '../support/said.js';

const refusal = { reason: 'pin.minOff', text: 'lamp rests', values: { left: '3s' }, retryAfter: 9 };

/** A message of each kind with every field that it may have. */
const whole: Messages = {
  wish: wishOf({
    host: { ...host, rehearses: true },
    ask: { do: 'perform', gadget: 'lamp', action: 'on 5s', paid: true, atMost: 5_000 },
  }),
  lease: { host, beat: { session: idOf('c'), n: 7 }, wants: 'on' },
  estop: { stop: idOf('d'), host: idOf('a'), by: '@mod in chat' },
  release: { stop: idOf('d'), host: idOf('a') },
  status: { online: true },
  beat: { session: idOf('c'), n: 0 },
  state: {
    ...{ session: idOf('c'), holder: host, holds: true },
    gadgets: { lamp: { state: 'on', busy: true, waiting: 2, on: [true, false] } },
  },
  answer: { is: 'refused', wish: idOf('f'), refusal },
  gadgets: { session: idOf('c'), gadgets: [announcedOf('lamp')] },
};

const kinds = Object.keys(whole) as (keyof Messages)[];
const cases = kinds.map((kind) => [kind, whole[kind]] as const);

/** Every place in a message, as a path. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}

/** The message with another value at that place; without it for undefined. */
function changed(message: unknown, path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(message);
  let at = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

/** What may be left out. */
const optional =
  /(rehearses|atMost|values|left|retryAfter|urgent|value|maxOn|driver|lamp|direct)$|^gadgets\.0$|pins\.0|verbs\.\d$|outputs\.0$|on\.\d$/;

describe.each(cases)('a message "%s"', (kind, message) => {
  it('is read as it was written', () => {
    expect(readMessage(kind, bytes(message))).toEqual(message);
  });

  it('is none with a key that nobody knows, at whatever depth', () => {
    expect(readMessage(kind, bytes({ ...message, more: 1 }))).toBeUndefined();
    // An item more of a list is no key.
    for (const path of placesIn(message).filter((each) => !/^\d+$/.test(each.at(-1) ?? ''))) {
      const more = changed(message, [...path.slice(0, -1), 'zzz'], { a: 1 });
      expect([path, readMessage(kind, bytes(more))]).toEqual([path, undefined]);
    }
  });

  it('is none with anything of another type', () => {
    for (const path of placesIn(message)) {
      for (const wrong of [{ zzz: 1 }, [[[]]], Number.MAX_VALUE, 'x'.repeat(700), null]) {
        if (wrong === null && path.at(-1) === 'holder') continue;
        if (wrong === Number.MAX_VALUE && /(atMost|retryAfter|maxOn)$/.test(path.join())) continue;
        const said = readMessage(kind, bytes(changed(message, path, wrong)));
        expect([path, wrong, said]).toEqual([path, wrong, undefined]);
      }
    }
  });

  it('is none without what it must have', () => {
    for (const path of placesIn(message)) {
      if (optional.test(path.join('.'))) continue;
      const said = readMessage(kind, bytes(changed(message, path, undefined)));
      expect([path, said]).toEqual([path, undefined]);
    }
  });

  it('is none when it is empty, cut off, no JSON, or no text', () => {
    const text = JSON.stringify(message);
    for (const wrong of ['', text.slice(0, -1), `${text}}`, 'null', '[]', '""', '0', `[${text}]`]) {
      expect(readMessage(kind, Buffer.from(wrong))).toBeUndefined();
    }
    expect(readMessage(kind, Buffer.from([0xff, 0xfe, 0x7b, 0x7d]))).toBeUndefined();
    expect(readMessage(kind, new Uint8Array(2_000_000).fill(0x20))).toBeUndefined();
  });
});

describe('what a message says', () => {
  const by = (text: string) =>
    readMessage('estop', bytes({ stop: idOf('d'), host: idOf('a'), by: text }))?.by;

  it('gets neither controls nor turned text into chat, a terminal or a log', () => {
    expect(by('a\nb\r\u0000\u001b[31mc\u2028d\u202ee\u2066f')).toBe('a b   [31mc d e f');
    expect(by('@møðerator 🎉')).toBe('@møðerator 🎉');
  });

  it('has an end', () => {
    expect(by('x'.repeat(120))).toHaveLength(120);
    expect(by('x'.repeat(121))).toBeUndefined();
  });

  it('has ids of sixteen hexadecimal digits, and no others', () => {
    for (const wrong of [
      '',
      'A'.repeat(16),
      '0'.repeat(15),
      '0'.repeat(17),
      '../../../../etc/',
      'g'.repeat(16),
    ]) {
      expect(readMessage('release', bytes({ stop: wrong, host: idOf('a') }))).toBeUndefined();
    }
  });

  it('counts beats by whole numbers from 0', () => {
    const at = (n: unknown) => readMessage('beat', bytes({ session: idOf('c'), n }))?.n;
    expect([at(0), at(1), at(Number.MAX_SAFE_INTEGER)]).toEqual([0, 1, Number.MAX_SAFE_INTEGER]);
    expect([at(-1), at(1.5), at(2 ** 60), at('1'), at(null)]).toEqual(Array(5).fill(undefined));
  });

  it('names no time without end, or before now', () => {
    const ask = (atMost: string) =>
      Buffer.from(
        JSON.stringify(wishOf()).replace('"paid":false', `"paid":false,"atMost":${atMost}`),
      );
    expect(readMessage('wish', ask('0'))?.ask).toMatchObject({ atMost: 0 });
    for (const wrong of ['-1', '1e999', '"5s"', 'null']) {
      expect(readMessage('wish', ask(wrong))).toBeUndefined();
    }
  });

  it('asks for nothing but the four things that can be wished', () => {
    const asks = [
      { do: 'off' },
      { do: 'off', gadget: 'lamp' },
      { do: 'stop', gadget: 'lamp' },
      { do: 'cancel', wish: idOf('e') },
    ];
    const read = (ask: unknown) => readMessage('wish', bytes({ ...wishOf(), ask }))?.ask;
    for (const ask of asks) expect(read(ask)).toEqual(ask);
    for (const wrong of [
      { do: 'stop' },
      { do: 'cancel' },
      { do: 'release' },
      { do: '__proto__' },
      {},
    ]) {
      expect(read(wrong)).toBeUndefined();
    }
  });
});

describe('what a node may tell of its gadgets', () => {
  const tell = (count: number, more = {}) =>
    bytes({
      session: idOf('c'),
      gadgets: Array.from({ length: count }, (_, n) => ({
        ...announcedOf(`g${n}`, { verbs: [], pins: [], outputs: [], about: '', usage: '' }),
        ...more,
      })),
    });

  it('is two hundred of them, and not one more', () => {
    expect(readMessage('gadgets', tell(200))?.gadgets).toHaveLength(200);
    expect(readMessage('gadgets', tell(201))).toBeUndefined();
  });

  it('is as long as a broker takes, where all else is short', () => {
    const about = 'x'.repeat(200);
    expect(tell(150, { about }).length).toBeGreaterThan(40_000);
    expect(readMessage('gadgets', tell(150, { about }))?.gadgets).toHaveLength(150);
    const large = tell(199, { about, usage: 'y'.repeat(100) });
    expect(large.length).toBeGreaterThan(largestAnnouncement);
    expect(readMessage('gadgets', large)).toBeUndefined();
    const padded = Buffer.concat([bytes(wishOf()), Buffer.alloc(4_096, ' ')]);
    expect(readMessage('wish', padded)).toBeUndefined();
  });

  it('has names that are no part of a topic, and no member of every object', () => {
    for (const name of [
      'a/b',
      'a b',
      '#',
      '+',
      '',
      'x'.repeat(26),
      'constructor',
      'prototype',
      'estop',
    ]) {
      expect(readMessage('gadgets', tell(1, { name }))).toBeUndefined();
      const state = { state: 'on', busy: false, waiting: 0, on: [] };
      const said = { session: idOf('c'), holder: null, holds: false, gadgets: { [name]: state } };
      // Some are refused, others left out.
      expect(Object.keys(readMessage('state', bytes(said))?.gadgets ?? {})).toEqual([]);
    }
    expect(readMessage('gadgets', tell(1, { name: 'Lämpchen_2-b' }))).toBeDefined();
  });

  it('makes nothing of an object that brings another prototype', () => {
    const text =
      '{"session":"cccccccccccccccc","holder":null,"holds":false,"gadgets":{"__proto__":{"state":"on"}}}';
    const read = readMessage('state', Buffer.from(text));
    expect(Object.keys(read?.gadgets ?? {})).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('state');
  });
});
