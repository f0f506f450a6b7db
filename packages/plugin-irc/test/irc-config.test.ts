import { expect, test } from '@jest/globals';
import { v } from '@pertybot/core';
import { ircConfigSchema } from '../src/irc-config.js';

test('needs channels alone; the rest is that of Twitch', () => {
  expect(v.parse(ircConfigSchema, { channels: ['#Streamer'] })).toEqual({
    channels: ['streamer'],
    server: 'irc-ws.chat.twitch.tv',
    port: 443,
    secure: true,
    ignore: [],
    sharedChat: false,
    limits: 'normal',
  });
});

test.each([
  {},
  { channels: [] },
  { channels: ['two words'] },
  { channels: ['a,b'] },
  { channels: ['a'.repeat(26)] },
  { channels: ['a'], chanels: [] },
  { channels: ['a'], port: 6697 },
  { channels: ['a'], secure: false },
  { channels: ['a'], secure: false, port: 80 },
  { channels: ['a'], secure: false, port: 80, server: 'chat.example' },
  { channels: ['a'], secure: false, port: 80, server: 'localhost.example' },
  { channels: ['a'], secure: false, port: 80, server: '127.0.0.1.example' },
  { channels: ['a'], limits: 'none' },
  { channels: ['a'], fastPath: true },
  { channels: ['a'], fastPath: false },
  { channels: ['a'], server: 'wss://irc-ws.chat.twitch.tv' },
  { channels: ['a'], server: 'irc-ws.chat.twitch.tv:443' },
  { channels: ['a'], server: 'irc-ws.chat.twitch.tv/' },
  { channels: ['a'], server: 'two words' },
])('refuses %j', (config) => {
  expect(v.safeParse(ircConfigSchema, config).success).toBe(false);
});

test.each(['localhost', '127.0.0.1', 'LOCALHOST'])('takes no encryption at "%s"', (server) => {
  const config = { channels: ['a'], secure: false, port: 80, server };
  expect(v.safeParse(ircConfigSchema, config).success).toBe(true);
});

test('a key that is gone is told to be deleted, and is not there otherwise', () => {
  const { issues } = v.safeParse(ircConfigSchema, { channels: ['a'], fastPath: true });
  expect(issues?.map(({ message }) => message)).toEqual(['no longer exists and can be deleted']);
  expect(v.parse(ircConfigSchema, { channels: ['a'] })).not.toHaveProperty('fastPath');
});
