import { describe, expect, it } from '@jest/globals';
import { simulator, TestClock } from '../simulator.js';
import { HelixClient } from './helix-client.js';

const raw = async (url: string, headers: Record<string, string>) => {
  const answer = await fetch(url, { headers });
  return { status: answer.status, json: await answer.json() };
};

describe('Helix', () => {
  it('checks token, application and scope', async () => {
    const twitch = await simulator();
    const { accessToken: token } = twitch.id.issueToken({ login: 'streamer', scopes: [] });
    const url = `${twitch.apiUrl}/users`;
    const bearer = { Authorization: `Bearer ${token}` };
    expect(await raw(url, {})).toMatchObject({ status: 401, json: { error: 'Unauthorized' } });
    expect(await raw(url, bearer)).toMatchObject({ json: { message: 'Client ID is missing' } });
    expect(await raw(url, { ...bearer, 'Client-Id': 'public' })).toMatchObject({
      status: 401,
      json: { message: 'Client ID and OAuth token do not match' },
    });
    expect((await raw(url, { ...bearer, 'Client-Id': 'demo' })).status).toBe(200);
    const helix = new HelixClient(twitch, token);
    const rewards = 'channel_points/custom_rewards?broadcaster_id=2002';
    expect(await helix.call('GET', rewards)).toMatchObject({
      status: 401,
      json: { message: expect.stringMatching(/^Missing scope: channel:read:redemptions or/) },
    });
    const other = HelixClient.as(twitch, 'streamer');
    expect(
      await other.call('GET', 'channel_points/custom_rewards?broadcaster_id=1001'),
    ).toMatchObject({
      status: 401,
      json: { message: expect.stringMatching(/must match the user ID/) },
    });
    expect((await other.call('GET', 'nonsense')).status).toBe(404);
    twitch.id.revoke(token);
    expect(await helix.call('GET', 'users')).toMatchObject({
      status: 401,
      json: { message: 'Invalid OAuth token' },
    });
  });

  it('is reached under /mock and bare as well', async () => {
    const twitch = await simulator();
    const { accessToken: token } = twitch.id.issueToken({ login: 'streamer' });
    const headers = { Authorization: `Bearer ${token}`, 'Client-Id': 'demo' };
    const origin = new URL(twitch.apiUrl).origin;
    for (const path of [
      '/mock/users',
      '/helix/users',
      '/eventsub/subscriptions',
      '/auth/validate',
    ]) {
      expect((await raw(`${origin}${path}`, headers)).status).toBe(200);
    }
  });

  it('holds to 800 calls a minute of one person by one application, and tells how many are left', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now, callsPerMinute: 3, tokenLifetime: 10 ** 6 });
    const helix = HelixClient.as(twitch, 'streamer');
    for (const left of ['2', '1', '0']) {
      const { status, headers } = await helix.call('GET', 'users');
      expect([status, headers.get('Ratelimit-Limit'), headers.get('Ratelimit-Remaining')]).toEqual([
        200,
        '3',
        left,
      ]);
    }
    const refused = await helix.call('GET', 'users');
    expect(refused).toMatchObject({ status: 429, json: { error: 'Too Many Requests' } });
    expect(Number(refused.headers.get('Ratelimit-Reset'))).toBe(clock.time / 1000 + 60);
    expect((await HelixClient.as(twitch, 'pertybot').call('GET', 'users')).status).toBe(200);
    clock.pass(20);
    expect((await helix.call('GET', 'users')).status).toBe(200);
    expect((await helix.call('GET', 'users')).status).toBe(429);
  });

  it('plays faults by call, and logs what came of each', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const { faults } = twitch.helix;
    faults.next('GET users', { status: 500, message: 'later' }, 2);
    faults.next('GET streams', { status: 429, headers: { 'Ratelimit-Reset': '99' } });
    const first = await helix.call('GET', 'users');
    expect(first).toMatchObject({ status: 500, json: { message: 'later' } });
    const limited = await helix.call('GET', 'streams');
    expect(limited.headers.get('Ratelimit-Reset')).toBe('99');
    expect((await helix.call('GET', 'users')).status).toBe(500);
    faults.next('*', { connection: 'drop' });
    await expect(helix.call('GET', 'users')).rejects.toThrow();
    faults.next('GET users', { body: 'malformed' });
    await expect(helix.call('GET', 'users')).rejects.toThrow();
    const undo = faults.always('GET users', { status: 503 });
    expect((await helix.call('GET', 'users')).status).toBe(503);
    undo();
    expect((await helix.call('GET', 'users')).status).toBe(200);
    expect(twitch.helix.calls.map(({ call, outcome }) => `${call} ${outcome}`)).toEqual([
      'GET users 500',
      'GET streams 429',
      'GET users 500',
      'GET users drop',
      'GET users 200',
      'GET users 503',
      'GET users 200',
    ]);
    expect(twitch.helix.calls[0]?.login).toBe('streamer');
  });

  it('does what was asked for though the answer is lost', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const call = 'channel_points/custom_rewards';
    twitch.helix.faults.next(`POST ${call}`, { connection: 'lose-answer' });
    const body = { title: 'Lamp', cost: 1 };
    await expect(helix.call('POST', `${call}?broadcaster_id=2002`, body)).rejects.toThrow();
    expect(twitch.channels.rewards('streamer')).toMatchObject([
      { title: 'Lamp', clientId: 'demo' },
    ]);
  });

  it.each(['[]', '{', '"text"', 'null'])('refuses a body that is no object: %s', async (body) => {
    const twitch = await simulator();
    const { accessToken: token } = twitch.id.issueToken({ login: 'streamer' });
    const answer = await fetch(`${twitch.apiUrl}/eventsub/subscriptions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Client-Id': 'demo' },
      body,
    });
    expect(answer.status).toBe(400);
  });
});
