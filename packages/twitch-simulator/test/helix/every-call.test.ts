import { describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { simulator } from '../simulator.js';
import { HelixClient } from './helix-client.js';

interface KnownCall {
  readonly call: string;
  /** One of them is needed. */
  readonly scopes: readonly string[];
  /** The parameter that must be the token's own user. */
  readonly own?: string;
  /** Whether an app token will do. */
  readonly app?: boolean;
}

const redemptions = ['channel:manage:redemptions'];
const readRedemptions = ['channel:read:redemptions', ...redemptions];
const broadcaster = 'broadcaster_id';
const rewards = 'channel_points/custom_rewards';

/** Every call with what Twitch's reference asks for it. */
const known: readonly KnownCall[] = [
  { call: 'GET users', scopes: [], app: true },
  { call: 'GET streams', scopes: [], app: true },
  { call: 'GET channels', scopes: [], app: true },
  { call: 'GET eventsub/subscriptions', scopes: [], app: true },
  { call: 'DELETE eventsub/subscriptions', scopes: [], app: true },
  { call: 'GET channels/followers', scopes: [] },
  { call: 'PATCH channels', scopes: ['channel:manage:broadcast'], own: broadcaster },
  { call: 'GET subscriptions', scopes: ['channel:read:subscriptions'], own: broadcaster },
  { call: 'GET chat/chatters', scopes: ['moderator:read:chatters'], own: 'moderator_id' },
  { call: 'POST chat/messages', scopes: ['user:write:chat'], own: 'sender_id' },
  {
    call: 'POST chat/announcements',
    scopes: ['moderator:manage:announcements'],
    own: 'moderator_id',
  },
  { call: 'POST chat/shoutouts', scopes: ['moderator:manage:shoutouts'], own: 'moderator_id' },
  { call: `GET ${rewards}`, scopes: readRedemptions, own: broadcaster },
  { call: `POST ${rewards}`, scopes: redemptions, own: broadcaster },
  { call: `PATCH ${rewards}`, scopes: redemptions, own: broadcaster },
  { call: `DELETE ${rewards}`, scopes: redemptions, own: broadcaster },
  { call: `GET ${rewards}/redemptions`, scopes: readRedemptions, own: broadcaster },
  { call: `PATCH ${rewards}/redemptions`, scopes: redemptions, own: broadcaster },
  { call: 'GET hypetrain/status', scopes: ['channel:read:hype_train'], own: broadcaster },
  { call: 'GET bits/custom_power_ups', scopes: ['bits:read'], own: broadcaster },
  { call: 'GET polls', scopes: ['channel:read:polls', 'channel:manage:polls'], own: broadcaster },
  { call: 'POST polls', scopes: ['channel:manage:polls'], own: broadcaster },
  { call: 'PATCH polls', scopes: ['channel:manage:polls'], own: broadcaster },
  {
    call: 'GET predictions',
    scopes: ['channel:read:predictions', 'channel:manage:predictions'],
    own: broadcaster,
  },
  { call: 'POST predictions', scopes: ['channel:manage:predictions'], own: broadcaster },
  { call: 'PATCH predictions', scopes: ['channel:manage:predictions'], own: broadcaster },
  { call: 'POST raids', scopes: ['channel:manage:raids'], own: 'from_broadcaster_id' },
  { call: 'DELETE raids', scopes: ['channel:manage:raids'], own: broadcaster },
  { call: 'GET channels/ads', scopes: ['channel:read:ads'], own: broadcaster },
  { call: 'POST channels/ads/schedule/snooze', scopes: ['channel:manage:ads'], own: broadcaster },
  { call: 'POST channels/commercial', scopes: ['channel:edit:commercial'], own: broadcaster },
  { call: 'POST streams/markers', scopes: ['channel:manage:broadcast'], own: 'user_id' },
  {
    call: 'GET moderation/shield_mode',
    scopes: ['moderator:read:shield_mode', 'moderator:manage:shield_mode'],
    own: 'moderator_id',
  },
];

const cases = known.map((each) => [each.call, each] as const);

/** Makes a call with nothing but these parameters. */
function make(helix: HelixClient, call: string, query: Readonly<Record<string, string>> = {}) {
  const [method = '', path = ''] = call.split(' ');
  return helix.call(method, `${path}?${new URLSearchParams(query)}`);
}

/** A client with a token that belongs to nobody. */
async function appClient(twitch: TwitchSimulator): Promise<HelixClient> {
  const body = new URLSearchParams({
    ...{ client_id: 'demo', client_secret: 's3cret', grant_type: 'client_credentials' },
  });
  const answer = await fetch(`${twitch.idUrl}/token`, { method: 'POST', body });
  return new HelixClient(twitch, Object(await answer.json()).access_token);
}

describe.each(cases)('%s', (call, { scopes, own, app = false }) => {
  const mine = own === undefined ? {} : { [own]: '2002' };

  it('asks for a token that works, of the application that calls', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer', scopes);
    for (const wrong of ['', 'x', helix.token.toUpperCase(), `${helix.token}x`]) {
      const said = await make(new HelixClient(twitch, wrong), call, mine);
      expect([wrong, said.status]).toEqual([wrong, 401]);
    }
    const foreign = new HelixClient(twitch, helix.token, 'public');
    expect((await make(foreign, call, mine)).json).toMatchObject({
      ...{ status: 401, error: 'Unauthorized', message: 'Client ID and OAuth token do not match' },
    });
    twitch.id.expire(helix.token);
    expect((await make(helix, call, mine)).json.message).toBe('Invalid OAuth token');
  });

  it('asks for its scopes, and says which', async () => {
    const twitch = await simulator();
    const others = ['chat:read', ...known.flatMap((each) => each.scopes)];
    const helix = HelixClient.as(
      twitch,
      'streamer',
      others.filter((scope) => !scopes.includes(scope)),
    );
    const without = await make(helix, call, mine);
    if (scopes.length > 0) {
      const message = `Missing scope: ${scopes.join(' or ')}`;
      expect(without.json).toMatchObject({ status: 401, error: 'Unauthorized', message });
    } else expect(without.status).not.toBe(401);
    for (const scope of scopes) {
      const said = await make(HelixClient.as(twitch, 'streamer', [scope]), call, mine);
      expect([scope, said.status]).not.toEqual([scope, 401]);
    }
  });

  it('is of the person whose token it is, and of nobody else', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer', scopes);
    if (own !== undefined) {
      const none = await make(helix, call);
      expect(none.json.message).toBe(`The parameter "${own}" is missing`);
      expect(none.status).toBe(400);
      for (const other of ['1001', '', '0', 'streamer', '2002 ']) {
        const said = await make(helix, call, { [own]: other });
        expect([other, said.status]).toEqual([other, 401]);
        expect(said.json.message).toMatch(new RegExp(`^The ID in ${own} must match the user ID`));
      }
    }
    const said = await make(await appClient(twitch), call, mine);
    if (app) expect(said.json.message).not.toBe('User OAuth token is required');
    else expect(said.json).toMatchObject({ status: 401, message: 'User OAuth token is required' });
  });
});

describe('a call that nobody knows', () => {
  it.each([
    ['PUT users', 404],
    ['DELETE users', 404],
    ['GET users/', 200],
    ['GET Users', 404],
    ['GET toString', 404],
    ['GET __proto__', 404],
    ['GET users/2002', 404],
    ['GET ', 404],
    ['POST eventsub/conduits', 404],
  ])('%s is answered with %i', async (call, status) => {
    const twitch = await simulator();
    const said = await make(HelixClient.as(twitch, 'streamer'), call);
    expect(said.status).toBe(status);
    if (status === 404) expect(said.json).toMatchObject({ status, error: 'Not Found' });
  });

  it('is drawn from the bucket all the same, but not one without a token', async () => {
    const twitch = await simulator({ callsPerMinute: 2 });
    const helix = HelixClient.as(twitch, 'streamer');
    for (let times = 0; times < 9; times++) await make(new HelixClient(twitch, 'x'), 'GET users');
    expect((await make(helix, 'GET nonsense')).headers.get('Ratelimit-Remaining')).toBe('1');
    expect((await make(helix, 'GET nonsense')).status).toBe(404);
    expect((await make(helix, 'GET nonsense')).status).toBe(429);
  });

  it('has a bucket of its own where it is a line of chat', async () => {
    const twitch = await simulator({ callsPerMinute: 1 });
    const helix = HelixClient.as(twitch, 'streamer');
    const line = { broadcaster_id: '2002', sender_id: '2002', message: 'one' };
    expect((await make(helix, 'GET users')).status).toBe(200);
    expect((await helix.call('POST', 'chat/messages', line)).status).toBe(200);
    expect((await make(helix, 'GET users')).status).toBe(429);
    expect((await helix.call('POST', 'chat/messages', line)).status).toBe(429);
  });
});
