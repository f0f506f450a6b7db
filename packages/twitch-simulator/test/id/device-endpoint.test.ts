import { describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { simulator, TestClock } from '../simulator.js';
import { type JsonAnswer, post, refresh, validate } from './token-client.js';

interface Device {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly page: string;
}

async function start(twitch: TwitchSimulator, client = 'public'): Promise<Device> {
  const form = { client_id: client, scopes: 'chat:read chat:edit' };
  const { json } = await post(twitch, 'device', form);
  return {
    deviceCode: String(json.device_code),
    userCode: String(json.user_code),
    page: String(json.verification_uri),
  };
}

function poll(twitch: TwitchSimulator, device: Device, client = 'public'): Promise<JsonAnswer> {
  return post(twitch, 'token', {
    client_id: client,
    scopes: 'chat:read chat:edit',
    device_code: device.deviceCode,
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
  });
}

describe('POST /oauth2/device', () => {
  it('answers with codes, times and the page to open', async () => {
    const twitch = await simulator();
    const { json } = await post(twitch, 'device', { client_id: 'public', scopes: 'chat:read' });
    expect(json).toEqual({
      device_code: expect.stringMatching(/^[a-z0-9]{40}$/),
      expires_in: 1800,
      interval: 5,
      user_code: expect.stringMatching(/^[A-Z]{8}$/),
      verification_uri: expect.stringContaining('/activate?public=true&device-code='),
    });
  });

  it('notes a scope parameter in the singular', async () => {
    const twitch = await simulator();
    await post(twitch, 'device', { client_id: 'public', scope: 'chat:read' });
    expect(twitch.id.requests[0]?.problems).toEqual(['"scope" should be "scopes"']);
  });

  it('refuses a client that it does not know', async () => {
    const twitch = await simulator();
    const answer = await post(twitch, 'device', { client_id: 'nobody', scopes: '' });
    expect(answer.json.message).toBe('invalid client');
  });
});

describe('the device_code grant', () => {
  it('is pending until a person approves, then gives tokens once', async () => {
    const twitch = await simulator();
    const device = await start(twitch);
    expect(await poll(twitch, device)).toEqual({
      status: 400,
      json: { status: 400, message: 'authorization_pending' },
    });
    twitch.id.approveDevice(device.userCode, { as: 'streamer' });
    const { json } = await poll(twitch, device);
    expect((await validate(twitch, String(json.access_token))).json.login).toBe('streamer');
    expect((await refresh(twitch, String(json.refresh_token), 'public')).status).toBe(200);
    expect((await poll(twitch, device)).json.message).toBe('invalid device code');
  });

  it('needs no secret from a client that has one, but its refresh does', async () => {
    const twitch = await simulator();
    const device = await start(twitch, 'demo');
    twitch.id.approveDevice(device.userCode);
    const { json } = await poll(twitch, device, 'demo');
    const form = {
      client_id: 'demo',
      grant_type: 'refresh_token',
      refresh_token: String(json.refresh_token),
    };
    expect((await post(twitch, 'token', form)).json.message).toBe('missing client secret');
    expect((await refresh(twitch, form.refresh_token)).status).toBe(200);
  });

  it('is over when the person denies or the time is up', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now });
    const [denied, late] = [await start(twitch), await start(twitch)];
    twitch.id.denyDevice(denied.userCode);
    expect((await poll(twitch, denied)).json.message).toBe('invalid device code');
    clock.pass(1800);
    expect((await poll(twitch, late)).json.message).toBe('invalid device code');
  });

  it('notes a device that asks too often', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now });
    const device = await start(twitch);
    await poll(twitch, device);
    clock.pass(5);
    await poll(twitch, device);
    clock.pass(2);
    await poll(twitch, device);
    expect(twitch.id.requests.slice(1).map((request) => request.problems)).toEqual([
      [],
      [],
      ['polled sooner than the interval allows'],
    ]);
  });
});

describe('/activate', () => {
  it('lets the device in as the account that the person picks', async () => {
    const twitch = await simulator();
    const device = await start(twitch);
    const html = await (await fetch(device.page)).text();
    expect(html).toContain('View live stream chat messages');
    const form = { 'device-code': device.userCode, login: 'streamer', decision: 'approve' };
    const body = new URLSearchParams(form);
    await fetch(new URL('/activate', device.page), { method: 'POST', body });
    expect((await poll(twitch, device)).status).toBe(200);
  });

  it('turns the device away when the person denies', async () => {
    const twitch = await simulator();
    const device = await start(twitch);
    const body = new URLSearchParams({ 'device-code': device.userCode, decision: 'deny' });
    await fetch(new URL('/activate', device.page), { method: 'POST', body });
    expect((await poll(twitch, device)).json.message).toBe('invalid device code');
  });

  it('approves at once when the simulator is told to', async () => {
    const twitch = await simulator({ approveAs: 'pertybot' });
    const device = await start(twitch);
    await fetch(device.page);
    expect((await poll(twitch, device)).status).toBe(200);
  });

  it('asks for the code when the address has none, and knows a wrong one', async () => {
    const twitch = await simulator();
    const { origin } = new URL(twitch.idUrl);
    expect(await (await fetch(`${origin}/activate`)).text()).toContain('name="device-code"');
    expect((await fetch(`${origin}/activate?device-code=WRONGONE`)).status).toBe(404);
  });

  it('takes the code in small letters and with a dash', async () => {
    const twitch = await simulator();
    const { userCode } = await start(twitch);
    const typed = `${userCode.slice(0, 4)}-${userCode.slice(4)}`.toLowerCase();
    const { origin } = new URL(twitch.idUrl);
    expect((await fetch(`${origin}/activate?device-code=${typed}`)).status).toBe(200);
  });
});
