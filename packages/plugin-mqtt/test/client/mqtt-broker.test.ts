import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import type { BrokerLink, BrokerMessage, LinkOptions } from '../../src/client/broker.js';
import { MqttBroker } from '../../src/client/mqtt-broker.js';
import type { MqttConfig } from '../../src/mqtt-config.js';

/** A broker of the network that says what the test has it say, byte by byte. */
let server: Server;
let sockets: Socket[];
/** First packets of its clients, as they came. */
let connects: Buffer[];
/** What it answers to a packet, by its type. */
let answers: (type: number, packet: Buffer) => Buffer | 'end' | undefined;
let clock: ManualClock;
let links: BrokerLink[];

const connectOk = (version: number) =>
  Buffer.from(version === 5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]);
const versionOf = (packet: Buffer) => packet[8] ?? 0;

/** A broker that lets everybody in. */
function kind(type: number, packet: Buffer): Buffer | undefined {
  if (type === 1) return connectOk(versionOf(packet));
  // The id of the packet comes behind its length.
  const [high = 0, low = 0] = packet.subarray(2);
  if (type === 8) return Buffer.from([0x90, 4, high, low, 0, 1]);
  return undefined;
}

beforeEach(async () => {
  clock = new ManualClock();
  [sockets, connects, links] = [[], [], []];
  answers = kind;
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (packet) => {
      const type = (packet[0] ?? 0) >> 4;
      if (type === 1) connects.push(packet);
      const answer = answers(type, packet);
      if (answer === 'end') socket.destroy();
      else if (answer) socket.write(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(links.map((link) => link.close()));
  await new Promise((resolve) => server.close(resolve));
});

function port(): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A link with what it has said. */
function linkWith(config: Partial<MqttConfig> = {}, more: Partial<LinkOptions> = {}) {
  const downs: string[] = [];
  const messages: BrokerMessage[] = [];
  const waiting = new Set<() => void>();
  let ups = 0;
  const look = () => {
    for (const each of waiting) each();
  };
  const full = { broker: `mqtt://127.0.0.1:${port()}`, node: 'garage', ...config } as MqttConfig;
  const broker = new MqttBroker(full, { bot: tmpdir(), state: tmpdir() }, clock);
  const link = broker.link({
    ...{ clientId: 'pertybot-test', topics: ['pertybot/garage/wish'] },
    onMessage: (message) => {
      messages.push(message);
      look();
    },
    onUp: () => {
      ups += 1;
      look();
    },
    onDown: (reason) => {
      downs.push(reason);
      look();
    },
    ...more,
  });
  links.push(link);
  /** Resolves once that holds; every change is looked at. */
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { link, downs, messages, until, ups: () => ups };
}

describe('a link to the broker', () => {
  it('is up once what it listens to was granted, and takes what comes', async () => {
    const { link, until, ups, messages } = linkWith({ user: 'garage', password: 'secret' });
    expect(link.publish('pertybot/garage/beat', '{}', { qos: 0 })).toBe(false);
    await until(() => ups() === 1);
    expect(link.isUp).toBe(true);
    const first = connects[0]?.toString('latin1') ?? '';
    expect([versionOf(connects[0] ?? Buffer.of()), first.includes('secret')]).toEqual([5, true]);
    const topic = Buffer.from('pertybot/garage/wish');
    const body = Buffer.concat([
      Buffer.from([0, topic.length]),
      topic,
      Buffer.from([0]),
      Buffer.from('on'),
    ]);
    sockets[0]?.write(Buffer.concat([Buffer.from([0x31, body.length]), body]));
    await until(() => messages.length === 1);
    expect(messages[0]).toMatchObject({ topic: 'pertybot/garage/wish', retained: true });
    expect(Buffer.from(messages[0]?.payload ?? []).toString()).toBe('on');
  });

  it('begins with no session, and leaves none', async () => {
    const { until, ups } = linkWith();
    await until(() => ups() === 1);
    const packet = connects[0] ?? Buffer.of();
    // Clean start is the second bit of the flags. Source: MQTT 5, section 3.1.2.3.
    expect((packet[9] ?? 0) & 0b10).toBe(0b10);
  });

  it('tells of its own end to whoever listens, by a will that is kept', async () => {
    const will = { topic: 'pertybot/garage/status', payload: '{"online":false}' };
    const { until, ups } = linkWith({}, { will });
    await until(() => ups() === 1);
    const packet = connects[0] ?? Buffer.of();
    expect(packet.toString('latin1')).toContain(will.payload);
    expect((packet[9] ?? 0) & 0b111100).toBe(0b101100);
  });

  it('comes back a second after it was cut, with a client that has nothing of before', async () => {
    const { link, until, ups, downs } = linkWith();
    await until(() => ups() === 1);
    sockets[0]?.destroy();
    await until(() => downs.length === 1);
    expect([link.isUp, downs]).toEqual([false, ['The broker has ended the connection.']]);
    expect(link.publish('pertybot/garage/beat', 'old', { qos: 1, expiry: 1_500 })).toBe(false);
    await clock.advance('1s');
    await until(() => ups() === 2);
    expect(connects).toHaveLength(2);
  });

  it('says so where its user may not read its topics', async () => {
    answers = (type, packet) =>
      type === 8
        ? Buffer.from([0x90, 4, packet[2] ?? 0, packet[3] ?? 0, 0, 0x87])
        : kind(type, packet);
    const { downs, until } = linkWith();
    await until(() => downs.length === 1);
    expect(downs).toEqual(['The broker does not let this user read the topics of its nodes.']);
  });

  it.each([
    ['a wrong password', 0x87, 'The broker refuses the user or the password.'],
    ['a wrong password of another kind', 0x86, 'The broker refuses the user or the password.'],
    ['anything else', 0x88, expect.stringMatching(/^The broker cannot be reached: /)],
  ])('says what became of %s', async (_what, code, said) => {
    answers = () => Buffer.from([0x20, 3, 0, code, 0]);
    const { downs, until } = linkWith();
    await until(() => downs.length === 1);
    expect(downs).toEqual([said]);
  });

  it('asks a broker that does not know MQTT 5 in the words of 3.1.1', async () => {
    answers = (type, packet) =>
      type === 1 && versionOf(packet) === 5 ? Buffer.from([0x20, 2, 0, 1]) : kind(type, packet);
    const { downs, until, ups } = linkWith();
    await until(() => downs.length === 1);
    // In that version the answer to a subscription has no properties.
    answers = (type, packet) =>
      type === 8 ? Buffer.from([0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 1]) : kind(type, packet);
    await clock.advance('1s');
    await until(() => ups() === 1);
    expect(connects.map(versionOf)).toEqual([5, 4]);
  });

  it('tries no more once it was closed, whatever state it is in', async () => {
    server.close();
    const { link, downs, until } = linkWith({ broker: 'mqtt://127.0.0.1:1' });
    await until(() => downs.length === 1);
    expect(downs).toEqual(['Nobody listens at the address of the broker.']);
    await link.close();
    expect([clock.pending, link.isUp]).toEqual([0, false]);
    const early = linkWith();
    await early.link.close();
    await clock.advance('5s');
    expect(early.downs).toEqual([]);
  });

  it('tells what to do where its certificate is not there, and looks again', async () => {
    const { downs, until } = linkWith({ ca: 'nowhere/ca.crt' });
    await until(() => downs.length === 1);
    await clock.advance('1s');
    await until(() => downs.length === 2);
    expect(new Set(downs)).toEqual(
      new Set([
        'The certificate "nowhere/ca.crt" cannot be read. Copy the ca.crt of the broker there, or correct "ca:".',
      ]),
    );
  });
});
