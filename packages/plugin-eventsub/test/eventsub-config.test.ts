import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { eventSubConfigSchema } from '../src/index.js';

describe('the config', () => {
  it('is Twitch’s own where nothing is said', () => {
    expect(v.parse(eventSubConfigSchema, {})).toEqual({
      apiUrl: 'https://api.twitch.tv/helix',
      eventsubUrl: 'wss://eventsub.wss.twitch.tv/ws',
      timeout: 10_000,
    });
  });

  it('takes channels as people write them, each once', () => {
    const { channels } = v.parse(eventSubConfigSchema, { channels: ['#Alice', '@alice', ' bob'] });
    expect(channels).toEqual(['alice', 'bob']);
  });

  it.each([
    { apiUrl: 'http://api.example/helix' },
    { apiUrl: 'ftp://127.0.0.1' },
    { eventsubUrl: 'ws://eventsub.example/ws' },
    { eventsubUrl: 'https://eventsub.example/ws' },
    { eventsubUrl: 'no address' },
    { channels: ['two words'] },
    { channel: 'alice' },
    { timeout: -1 },
  ])('refuses %p', (config) => {
    expect(v.safeParse(eventSubConfigSchema, config).success).toBe(false);
  });

  it('goes to this machine without encryption', () => {
    const apiUrl = 'http://127.0.0.1:1/helix/';
    expect(v.parse(eventSubConfigSchema, { apiUrl })).toMatchObject({
      apiUrl: 'http://127.0.0.1:1/helix',
    });
  });
});
