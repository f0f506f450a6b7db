import { expect, test } from '@jest/globals';
import { guardLines, installFastPath, type LineHooks } from '../src/fast-path.js';
import type { TmiClient } from '../src/tmi-client.js';
import { createTmiClient } from '../src/tmi-client.js';

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
