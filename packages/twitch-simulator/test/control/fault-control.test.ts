import { describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { EventClient } from '../eventsub/event-client.js';
import { HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';

async function ask(twitch: TwitchSimulator, method: string, body?: unknown) {
  const url = `${new URL(twitch.apiUrl).origin}/simulator/faults`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, { method, ...(body !== undefined && { body: text }) });
  const said = await answer.text();
  return { status: answer.status, json: said === '' ? {} : JSON.parse(said) };
}

const follow = ['moderator:read:followers'];

describe('POST /simulator/faults', () => {
  it('plans faults of Helix and OAuth, so many times or always, and forgets them', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const plan = { name: 'helix.GET users', fault: { status: 500 }, times: 2 };
    expect((await ask(twitch, 'POST', plan)).status).toBe(204);
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await helix.call('GET', 'users')).status);
    }
    expect(statuses).toEqual([500, 500, 200]);
    await ask(twitch, 'POST', { name: 'helix.*', fault: { status: 503 }, times: 'always' });
    await ask(twitch, 'POST', { name: 'id.validate', fault: { status: 429 } });
    expect((await helix.call('GET', 'streams')).status).toBe(503);
    expect((await fetch(`${twitch.idUrl}/validate`)).status).toBe(429);
    expect((await ask(twitch, 'DELETE')).status).toBe(204);
    expect((await helix.call('GET', 'streams')).status).toBe(200);
  });

  it('plans faults of notifications', async () => {
    const twitch = await simulator();
    const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
    await ask(twitch, 'POST', { name: 'eventsub.notification', fault: { duplicate: 1 } });
    twitch.channels.follow({ channel: 'streamer', as: { login: 'alice' } });
    await client.next('notification', 1);
  });

  it.each([
    [{ name: 'eventsub.drop', fault: { code: 4000 } }, 4000],
    [{ name: 'eventsub.drop', fault: { how: 'cut' } }, 1006],
    [{ name: 'eventsub.reconnect', fault: { within: 30 } }, 4004],
  ])('does at once: %j', async (plan, code) => {
    const twitch = await simulator();
    const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
    expect((await ask(twitch, 'POST', plan)).status).toBe(204);
    expect(await client.closed).toBe(code);
  });

  it('revokes', async () => {
    const twitch = await simulator();
    const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
    await ask(twitch, 'POST', { name: 'eventsub.revoke', fault: { reason: 'user_removed' } });
    const { payload } = await client.next('revocation');
    expect(payload.subscription?.status).toBe('user_removed');
  });

  it.each([
    ['no JSON', /^Send/],
    [[], /^Send/],
    [{ fault: {} }, /^Send/],
    [{ name: 'helix.GET users', fault: 'bad' }, /^Send/],
    [{ name: 'helix.GET users', times: 0 }, /times/],
    [{ name: 'id.nonsense' }, /There is no fault "id.nonsense"/],
    [{ name: 'nonsense' }, /There are id.authorize/],
    [{ name: 'eventsub.drop', fault: { code: 1234 } }, /4000 to 4007/],
    [{ name: 'eventsub.clock', fault: {} }, /skew/],
  ])('says what is wrong with %j', async (plan, message) => {
    const twitch = await simulator();
    const answer = await ask(twitch, 'POST', plan);
    expect(answer).toMatchObject({
      status: 400,
      json: { message: expect.stringMatching(message) },
    });
  });

  it('lists the names of all', async () => {
    const twitch = await simulator();
    const { json } = await ask(twitch, 'GET');
    expect(json.data).toContain('eventsub.reconnect');
    expect(json.data).toContain('id.token');
  });
});
