import { expect, test } from '@jest/globals';
import { startTwitchSimulator } from '@pertybot/twitch-simulator';
import { checkServer } from '../src/check-server.js';

test('finds a server that answers, and one that does not', async () => {
  const twitch = await startTwitchSimulator();
  const place = { server: twitch.chatUrl.host, port: twitch.chatUrl.port, secure: false };
  expect(await checkServer(place)).toEqual([
    { level: 'ok', subject: 'chat server', message: expect.stringContaining('answers') },
  ]);
  await twitch.stop();
  expect(await checkServer(place)).toEqual([
    expect.objectContaining({ level: 'error', message: expect.stringContaining('ECONNREFUSED') }),
  ]);
});

test('warns where the token would go unencrypted over a network', async () => {
  const findings = await checkServer({ server: 'chat.invalid', port: 81, secure: false });
  expect(findings.map(({ level }) => level)).toEqual(['error', 'warning']);
});

test.each([
  ['localhost', 1],
  ['127.0.0.1', 1],
  ['localhost.invalid', 2],
  ['127.0.0.1.invalid', 2],
])('at "%s" there are %i findings for a server without encryption', async (server, count) => {
  expect(await checkServer({ server, port: 81, secure: false })).toHaveLength(count);
});
