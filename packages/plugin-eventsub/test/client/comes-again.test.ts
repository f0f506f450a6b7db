import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import WebSocket from 'ws';
import { AccountSession } from '../../src/client/account-session.js';
import { ChannelIds } from '../../src/client/channel-ids.js';
import { eventTypes } from '../../src/events/event-types.js';
import { eventSubConfigSchema } from '../../src/eventsub-config.js';
import { HelixApi } from '../../src/helix/helix-api.js';
import { FakeEventSub } from '../fake-event-sub.js';
import { FakeTokens, makeToken } from '../fake-tokens.js';
import { allScopes } from '../plugin-rig.js';

const clock = new ManualClock();
const account = { account: 'broadcaster', channel: 'alice' } as const;
let twitch: FakeEventSub;
let tokens: FakeTokens;
let api: HelixApi;
let session: AccountSession;
let live: [channels: readonly string[], gap: number | undefined][];

beforeEach(async () => {
  live = [];
  twitch = await FakeEventSub.start();
  tokens = new FakeTokens();
  tokens.set('alice', makeToken('alice', 'token-of-alice', allScopes));
  const config = v.parse(eventSubConfigSchema, twitch.config);
  api = new HelixApi(tokens, config, clock);
  session = new AccountSession({
    ...{ account, tokens, api, clock, url: config.eventsubUrl, webSocket: WebSocket },
    ...{ ids: new ChannelIds(api), log: new MemoryLogger(), hear() {}, changed() {} },
    live: (channels, gap) => live.push([channels, gap]),
  });
  const types = eventTypes.filter(({ event }) => event === 'redeem' || event === 'redeemUpdate');
  session.want(types.map((type) => ({ type, channel: 'alice' })));
  await until(() => live.length === 1);
});
afterEach(async () => {
  await session.stop();
  await api.close();
  await twitch.close();
});

const redemption = 'channel.channel_points_custom_reward_redemption.add';

/** Waits while the clock goes on, for less long than the silence that would end the connection. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await clock.advance(50);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

describe('events that come again though the connection was never lost', () => {
  it('are told as such after a login, since what happened before was not heard', async () => {
    twitch.revoke(redemption, 'authorization_revoked');
    await until(() => tokens.invalidated.length > 0);
    expect(live).toHaveLength(1);
    tokens.set('alice', makeToken('alice', 'anew', allScopes));
    await until(() => live.length === 2);
    expect(live[1]).toEqual([['alice'], undefined]);
  });

  it('are not told while they come', async () => {
    tokens.set('alice', makeToken('alice', 'rotated', allScopes));
    await clock.advance('1s');
    expect(live).toEqual([[['alice'], undefined]]);
  });
});
