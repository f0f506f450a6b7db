import { expect, test } from '@jest/globals';
import {
  guardLines,
  installFastPath,
  installPlainPath,
  type LineHooks,
} from '../../src/tmi/fast-path.js';
import type { TmiClient } from '../../src/tmi/tmi-client.js';
import { createTmiClient } from '../../src/tmi/tmi-client.js';

const log = { info() {}, warn() {}, error() {} };
const target = { server: '127.0.0.1', port: 1, secure: false, login: 'x', token: 't', log };

function createHooks(): LineHooks & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    heard() {},
    message: ({ text }) => told.push(`message ${text}`),
    broken: () => told.push('broken'),
    moved: () => told.push('moved'),
    send: (line) => told.push(`send ${line}`),
  };
}

test('the pinned tmi.js has the hook', () => {
  expect(installFastPath(createTmiClient(target), createHooks())).toBe(true);
});

test('a tmi.js without the hook is left as it is', () => {
  const bare: Partial<TmiClient> = {};
  const hooks = createHooks();
  // A client of another version, which lacks the private members.
  const client = bare as TmiClient;
  guardLines(client, hooks);
  expect(installFastPath(client, hooks)).toBe(false);
  expect(client._onMessage).toBeUndefined();
});

test('one bad line does not take the others of its frame along', () => {
  const client = createTmiClient(target);
  const hooks = createHooks();
  guardLines(client, hooks);
  installFastPath(client, hooks);
  const line = (text: string) => `@id=1 :a!a@a PRIVMSG #c :${text}`;
  const data = [line('one'), ':tmi.twitch.tv NOTICE #c', '@id=1 :a!a@a PRIVMSG #c', line('two')];
  client._onMessage?.({ data: data.join('\r\n') });
  expect(hooks.told).toEqual(['message one', 'broken', 'broken', 'message two']);
});

test('each message of a frame has the tags of its own line', () => {
  const client = createTmiClient(target);
  const ids: (string | undefined)[] = [];
  const hooks = createHooks();
  installFastPath(client, {
    ...hooks,
    message: ({ tags }) => void ids.push(tags.get('id'), tags.get('bits')),
  });
  const lines = ['@id=1;bits=5', '@mod=1', '@bits=;id=3'].map(
    (tags) => `${tags} :a!a@a PRIVMSG #c :id=forged;bits=7`,
  );
  client._onMessage?.({ data: `${lines.join('\r\n')}\r\n` });
  expect(ids).toEqual(['1', '5', undefined, undefined, '3', '']);
});

test('a line feed alone ends no line', () => {
  const client = createTmiClient(target);
  const hooks = createHooks();
  installFastPath(client, hooks);
  client._onMessage?.({ data: '@id=1 :a!a@a PRIVMSG #c :a\nb\n\r\n\n' });
  expect(hooks.told).toEqual(['message a\nb\n', 'broken']);
});

test('what has not the outline of an IRC line is broken; what has it goes to tmi.js', () => {
  const client = createTmiClient(target);
  const hooks = createHooks();
  const passed: unknown[] = [];
  client._onMessage = ({ data }) => void passed.push(data);
  installFastPath(client, hooks);
  for (const data of ['nonsense', ':prefix', '@tags', 'PING :x', ':tmi.twitch.tv 001 x :hi']) {
    client._onMessage({ data });
  }
  expect(hooks.told).toEqual(['broken', 'broken', 'broken']);
  expect(passed).toEqual(['PING :x', ':tmi.twitch.tv 001 x :hi']);
});

test.each([installFastPath, installPlainPath])('%p answers what tmi.js does not', (install) => {
  const client = createTmiClient(target);
  const hooks = createHooks();
  const passed: unknown[] = [];
  client._onMessage = ({ data }) => void passed.push(data);
  expect(install(client, hooks)).toBe(true);
  client._onMessage({ data: ':tmi.twitch.tv PING :x\r\nRECONNECT\r\nPING :y\r\n' });
  expect(hooks.told).toEqual(['send PONG :tmi.twitch.tv', 'moved']);
  expect(passed).toEqual(['PING :y']);
});

test('the plain path leaves lines of chat to tmi.js', () => {
  const client = createTmiClient(target);
  const hooks = createHooks();
  const passed: unknown[] = [];
  client._onMessage = ({ data }) => void passed.push(data);
  installPlainPath(client, hooks);
  const line = '@id=1 :a!a@a PRIVMSG #c :hello';
  client._onMessage({ data: line });
  expect([hooks.told, passed]).toEqual([[], [line]]);
});
