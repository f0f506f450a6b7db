import { describe, expect, it } from '@jest/globals';
import { simulator } from '../simulator.js';
import { RawClient } from './raw-client.js';

describe('keeping a connection alive', () => {
  it('answers a bare PING barely and one with a text with the text', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    client.send('PING', 'PING :are you there', 'PING word');
    await client.heard('word');
    expect(client.lines).toEqual([
      'PONG',
      ':tmi.twitch.tv PONG tmi.twitch.tv :are you there',
      ':tmi.twitch.tv PONG tmi.twitch.tv :word',
    ]);
  });

  it('asks clients now and then and keeps those that answer', async () => {
    const twitch = await simulator({ chat: { pingInterval: 20, pongTimeout: 200 } });
    const client = await RawClient.open(twitch);
    const pong = twitch.chat.waitFor('pong');
    expect(await client.heard('PING')).toBe('PING :tmi.twitch.tv');
    client.send('PONG :tmi.twitch.tv');
    await pong;
    expect(twitch.chat.sessions).toHaveLength(1);
  });

  it('cuts a client that does not answer', async () => {
    const twitch = await simulator({ chat: { pingInterval: 20, pongTimeout: 30 } });
    const client = await RawClient.open(twitch);
    const gone = twitch.chat.waitFor('disconnect');
    await client.closed;
    await gone;
    expect(twitch.chat.sessions).toHaveLength(0);
  });

  it('asks at once when told to', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    twitch.chat.ping();
    expect(await client.heard('PING')).toBe('PING :tmi.twitch.tv');
  });

  it('lets a client leave', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    const gone = twitch.chat.waitFor('disconnect');
    client.send('QUIT');
    await client.closed;
    expect(await gone).toMatchObject({ login: 'pertybot' });
  });
});
