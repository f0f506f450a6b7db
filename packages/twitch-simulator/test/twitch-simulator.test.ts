import { once } from 'node:events';
import { createConnection } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startTwitchSimulator } from '../src/index.js';
import { RawClient } from './chat/raw-client.js';
import { atEnd, simulator } from './simulator.js';

describe('startTwitchSimulator', () => {
  it('starts with a demo client and PertyBot when nothing is given', async () => {
    const twitch = await startTwitchSimulator();
    atEnd(() => twitch.stop());
    expect(twitch.idUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth2$/);
    expect(twitch.chatUrl.url).toBe(`ws://127.0.0.1:${twitch.chatUrl.port}/`);
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    expect(twitch.id.describe(accessToken)).toMatchObject({ clientId: 'demo', live: true });
  });

  it('listens on IPv6 when told to', async () => {
    const twitch = await simulator({ host: '::1' });
    expect(twitch.idUrl).toMatch(/^http:\/\/\[::1\]:\d+\/oauth2$/);
    expect((await fetch(`${twitch.idUrl}/validate`)).status).toBe(401);
    await RawClient.join(twitch);
  });

  it('takes fixed ports and says which one is taken', async () => {
    const first = await simulator();
    const idPort = Number(new URL(first.idUrl).port);
    const second = startTwitchSimulator({ idPort });
    await expect(second).rejects.toMatchObject({
      code: 'SIMULATOR_LISTEN_FAILED',
      message: `The simulated Twitch cannot listen on "127.0.0.1:${idPort}".`,
      hint: 'Give another port, or 0 for any free one.',
    });
    await first.stop();
    await simulator({ idPort });
  });

  it('gives the first port back when the second is taken', async () => {
    const first = await simulator();
    const other = await simulator();
    const idPort = Number(new URL(other.idUrl).port);
    await other.stop();
    const broken = startTwitchSimulator({ idPort, chatPort: first.chatUrl.port });
    await expect(broken).rejects.toThrow('cannot listen');
    await simulator({ idPort });
  });

  it('approves only as an account that it has', async () => {
    await expect(startTwitchSimulator({ approveAs: 'stranger' })).rejects.toMatchObject({
      code: 'SIMULATOR_ACCOUNT_UNKNOWN',
      hint: 'Known accounts: pertybot.',
    });
  });

  it('cuts every connection when it stops, frozen and stalled ones too, and stops twice', async () => {
    const twitch = await simulator();
    const frozen = await RawClient.join(twitch);
    twitch.chat.faults.freeze();
    const open = await RawClient.join(twitch);
    twitch.chat.faults.refuseUpgrades('stall');
    const { host, port } = twitch.chatUrl;
    const stalled = createConnection({ host, port });
    atEnd(() => stalled.destroy());
    stalled.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    twitch.id.faults.next('validate', { connection: 'stall' });
    const request = fetch(`${twitch.idUrl}/validate`);
    await twitch.id.waitFor('answer');
    const cut = Promise.all([
      frozen.closed,
      open.closed,
      once(stalled, 'close'),
      expect(request).rejects.toThrow(),
    ]);
    await twitch.stop();
    await cut;
    await twitch.stop();
    await expect(fetch(twitch.idUrl)).rejects.toThrow();
  });
});
