import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import type { IncomingLine } from '../../src/tmi/chat-connection.js';
import { TmiConnection } from '../../src/tmi/tmi-connection.js';

let twitch: TwitchSimulator;
let connection: TmiConnection;
let heard: IncomingLine[];
let broken: number;
let log: MemoryLogger;

beforeEach(async () => {
  twitch = await startTwitchSimulator();
  log = new MemoryLogger();
  heard = [];
  broken = 0;
});

afterEach(async () => {
  connection.close({ reason: 'left', text: 'the test ends' });
  await twitch.stop();
});

/** Logs in. @param hear takes each line once it is noted */
async function open(hear: (line: IncomingLine) => void = () => {}): Promise<void> {
  const { host: server, port } = twitch.chatUrl;
  const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
  connection = new TmiConnection({
    config: { server, port, secure: false },
    token: { token: accessToken, clientId: 'demo', userId: '1', login: 'pertybot', scopes: [] },
    hear: (line) => {
      heard.push(line);
      hear(line);
    },
    broken: () => {
      broken++;
    },
    clock: new ManualClock(),
    log,
  });
  expect(await connection.opened).toBe(true);
}

/** Sends lines in one frame; resolves when what stands behind them has come back. */
async function send(...lines: readonly string[]): Promise<void> {
  const pong = twitch.chat.waitFor('pong');
  twitch.chat.sessions[0]?.frame([...lines, 'PING :end', ''].join('\r\n'));
  await pong;
}

const message = (text: string, tags = 'id=1') => `@${tags} :a!a@a PRIVMSG #c :${text}`;
const texts = () => heard.map((line) => ('text' in line ? line.text : line.kind));

test('one bad line does not take the others of its frame along', async () => {
  await open();
  await send(message('one'), ':tmi.twitch.tv NOTICE #c', '@id=1 :a!a@a PRIVMSG #c', message('two'));
  expect([texts(), broken]).toEqual([['one', 'two'], 2]);
});

test('each message of a frame has the tags of its own line', async () => {
  await open();
  const tags = ['id=1;bits=5', 'mod=1', 'bits=;id=3'];
  await send(...tags.map((each) => message('id=forged;bits=7', each)));
  const read = heard.flatMap((line) =>
    line.kind === 'message' ? [line.tags.get('id'), line.tags.get('bits')] : [],
  );
  expect(read).toEqual(['1', '5', undefined, undefined, '3', '']);
});

test.each(['PING :x', ':tmi.twitch.tv PING :x', '@a=b :tmi.twitch.tv PING', ':other.host PING'])(
  '%j is answered',
  async (line) => {
    await open();
    let pongs = 0;
    twitch.chat.on('pong', () => pongs++);
    await send(line);
    expect(pongs).toBe(2);
  },
);

test.each(['RECONNECT', ':tmi.twitch.tv RECONNECT', '@a=b :tmi.twitch.tv RECONNECT'])(
  '%j ends it, and what stands behind is not heard',
  async (line) => {
    await open();
    twitch.chat.sessions[0]?.frame(`${line}\r\n${message('late')}\r\n`);
    expect((await connection.ended).reason).toBe('moved');
    expect(texts()).not.toContain('late');
  },
);

test.each(['Login authentication failed', 'LOGIN UNSUCCESSFUL', 'Invalid NICK'])(
  'the notice "%s" is a refused login, also later on',
  async (text) => {
    await open();
    twitch.chat.raw(`:tmi.twitch.tv NOTICE * :${text}`);
    expect(await connection.ended).toEqual({ reason: 'rejected', text });
  },
);

test('what is thrown on a line is logged, and keeps nothing from being heard', async () => {
  await open((line) => {
    throw new TypeError(line.kind);
  });
  await send(
    message('one'),
    '@msg-id=raid :tmi.twitch.tv USERNOTICE #c',
    '@msg-id=slow_on :tmi.twitch.tv NOTICE #c :Slow.',
    '@slow=1 :tmi.twitch.tv ROOMSTATE #c',
    '@room-id=1 :tmi.twitch.tv CLEARCHAT #c',
    ':pertybot!pertybot@pertybot PART #c',
    message('two'),
  );
  const kinds = ['message', 'userNotice', 'notice', 'roomState', 'moderation', 'parted', 'message'];
  expect(heard.map(({ kind }) => kind)).toEqual(kinds);
  expect(log.lines.map(({ fields }) => String(fields.error))).toEqual(
    kinds.map((kind) => `TypeError: ${kind}`),
  );
  expect(broken).toBe(0);
});

test('nothing is heard, counted or written once it is closed', async () => {
  await open();
  const session = twitch.chat.sessions[0];
  session?.frame(`${message('one')}\r\n`);
  await twitch.chat.until(() => true);
  connection.close({ reason: 'left', text: 'enough' });
  session?.frame(`${message('two')}\r\n@broken\r\n`);
  expect(connection.send('PING')).toBe(false);
  expect(await connection.ended).toEqual({ reason: 'left', text: 'enough' });
  expect([texts().includes('two'), broken]).toEqual([false, 0]);
});

test('knows what the bot is in each channel, as Twitch last said', async () => {
  await open();
  const say = (tags: string) => send(`@${tags} :tmi.twitch.tv USERSTATE #c`);
  expect(connection.standingIn('c')).toBe('viewer');
  await say('badges=vip/1;mod=0');
  expect(connection.standingIn('c')).toBe('privileged');
  await say('badges=;mod=0');
  expect(connection.standingIn('c')).toBe('viewer');
  await say('badges=;mod=1');
  expect([connection.standingIn('c'), connection.standingIn('d')]).toEqual([
    'privileged',
    'viewer',
  ]);
});

test('a frame of 10,000 lines, and a line of a million characters, are heard whole', async () => {
  await open();
  await send(...Array.from({ length: 10_000 }, (_, number) => message(`line ${number}`)));
  expect(heard).toHaveLength(10_000);
  await send(message('x'.repeat(1_000_000)));
  expect(texts().at(-1)).toHaveLength(1_000_000);
  expect(broken).toBe(0);
});

test('a frame that no chat sends ends the connection before it fills the memory', async () => {
  await open();
  twitch.chat.sessions[0]?.frame(`${message('x'.repeat(5_000_000))}\r\n`);
  expect(await connection.ended).toEqual({ reason: 'lost', text: 'Max payload size exceeded' });
});
