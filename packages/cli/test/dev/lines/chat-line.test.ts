import { describe, expect, it } from '@jest/globals';
import { parseChatLine } from '../../../src/dev/lines/chat-line.js';

describe('parseChatLine', () => {
  it.each([
    ['!lamp on', undefined, [], '!lamp on'],
    ['alice: !lamp on', 'alice', [], '!lamp on'],
    ['alice:!lamp on', 'alice', [], '!lamp on'],
    ['@Alice : !lamp on', 'alice', [], '!lamp on'],
    ['alice[mod]: !lamp off', 'alice', ['moderator'], '!lamp off'],
    ['alice[sub, VIP]: hi', 'alice', ['subscriber', 'vip'], 'hi'],
    ['alice[broadcaster,mod,mod]: hi', 'alice', ['broadcaster', 'moderator'], 'hi'],
    ['alice[]: hi', 'alice', [], 'hi'],
    ['alice: bob: hi', 'alice', [], 'bob: hi'],
    ['https://example.com is mine', undefined, [], 'https://example.com is mine'],
    ['so: it works', 'so', [], 'it works'],
    ['!remind 10m: tea', undefined, [], '!remind 10m: tea'],
    ['  spaces  around  ', undefined, [], 'spaces  around'],
  ])('reads %j', (line, login, roles, text) => {
    expect(parseChatLine(line)).toEqual({ login, roles, text });
  });

  it('names an unknown role and those that there are', () => {
    expect(parseChatLine('alice[king]: hi')).toEqual({
      fault: 'The role "king" is unknown.',
      hint: 'Roles are sub, vip, mod and broadcaster; several are separated by commas.',
    });
  });

  it.each(['alice:', 'alice[mod]:   '])('refuses a speaker who says nothing: %j', (line) => {
    expect(parseChatLine(line)).toHaveProperty('fault', expect.stringContaining('says nothing'));
  });

  it('refuses what Twitch would: long names and long texts', () => {
    expect(parseChatLine(`${'a'.repeat(26)}: hi`)).toHaveProperty('fault');
    expect(parseChatLine('😀'.repeat(501))).toHaveProperty('fault', expect.stringContaining('501'));
    expect(parseChatLine('😀'.repeat(500))).toHaveProperty('text');
  });
});
