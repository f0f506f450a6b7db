import { describe, expect, it } from '@jest/globals';
import { simulator, TestClock } from '../simulator.js';
import { validate } from './token-client.js';

describe('GET /oauth2/validate', () => {
  it.each(['OAuth', 'Bearer'])('takes the scheme %s', async (scheme) => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now });
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    clock.pass(100.5);
    expect(await validate(twitch, accessToken, scheme)).toEqual({
      status: 200,
      json: {
        client_id: 'demo',
        login: 'pertybot',
        scopes: ['chat:edit', 'chat:read'],
        user_id: '1001',
        expires_in: 14_299,
      },
    });
  });

  it('answers 401 for a token that was never issued', async () => {
    const twitch = await simulator();
    expect(await validate(twitch, 'guess')).toEqual({
      status: 401,
      json: { status: 401, message: 'invalid access token' },
    });
  });

  it('answers 401 without a header', async () => {
    const twitch = await simulator();
    const answer = await fetch(`${twitch.idUrl}/validate`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ status: 401, message: 'missing authorization token' });
  });

  it('answers 401 when the time is over', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now, tokenLifetime: 60 });
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    clock.pass(59);
    expect((await validate(twitch, accessToken)).status).toBe(200);
    clock.pass(1);
    expect((await validate(twitch, accessToken)).status).toBe(401);
  });

  it('says 0 for a token that never expires', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now });
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot', expiresIn: null });
    clock.pass(1e9);
    expect((await validate(twitch, accessToken)).json.expires_in).toBe(0);
  });
});
