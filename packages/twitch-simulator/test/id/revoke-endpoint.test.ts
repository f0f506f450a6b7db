import { describe, expect, it } from '@jest/globals';
import { simulator } from '../simulator.js';
import { post, validate } from './token-client.js';

describe('POST /oauth2/revoke', () => {
  it('ends an access token and answers with nothing', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const form = { client_id: 'demo', token: accessToken };
    expect(await post(twitch, 'revoke', form)).toEqual({ status: 200, json: {} });
    expect((await validate(twitch, accessToken)).status).toBe(401);
    expect(await post(twitch, 'revoke', form)).toEqual({
      status: 400,
      json: { status: 400, message: 'Invalid token' },
    });
  });

  it('answers 404 for an unknown client', async () => {
    const twitch = await simulator();
    expect(await post(twitch, 'revoke', { client_id: 'nobody', token: 'x' })).toEqual({
      status: 404,
      json: { status: 404, message: 'client does not exist' },
    });
  });

  it('does not let one client end the token of another', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const answer = await post(twitch, 'revoke', { client_id: 'public', token: accessToken });
    expect(answer.status).toBe(400);
    expect((await validate(twitch, accessToken)).status).toBe(200);
  });

  it.each([
    ['client_id', { token: 'x' }, 'missing client id'],
    ['token', { client_id: 'demo' }, 'missing oauth token'],
  ])('asks for %s', async (_, form, message) => {
    const twitch = await simulator();
    expect((await post(twitch, 'revoke', form)).json.message).toBe(message);
  });
});
