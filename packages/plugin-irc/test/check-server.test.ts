import { expect, test } from '@jest/globals';
import { startTwitchSimulator } from '@pertybot/twitch-simulator';
import { checkServer } from '../src/check-server.js';

test('finds a server that answers, and one that does not', async () => {
  const twitch = await startTwitchSimulator();
  const place = { server: twitch.chatUrl.host, port: twitch.chatUrl.port };
  expect(await checkServer(place)).toEqual([
    { level: 'ok', subject: 'chat server', message: expect.stringContaining('answers') },
  ]);
  await twitch.stop();
  expect(await checkServer(place)).toEqual([
    expect.objectContaining({ level: 'error', message: expect.stringContaining('ECONNREFUSED') }),
  ]);
});
