import { describe, expect, it } from '@jest/globals';
import type { SayOptions } from '../../src/index.js';
import { simulator, TestClock } from '../simulator.js';
import { RawClient, tagsOf } from './raw-client.js';

async function hear(options: Partial<SayOptions>): Promise<string> {
  const clock = new TestClock();
  const twitch = await simulator({ now: clock.now });
  const client = await RawClient.join(twitch, 'pertybot', 'perty');
  twitch.chat.say({ channel: 'perty', as: { login: 'viewer' }, text: 'hello', ...options });
  return client.heard('PRIVMSG');
}

describe('say', () => {
  it('sends the tags of an ordinary viewer', async () => {
    const line = await hear({ as: { login: 'Viewer', displayName: 'Vie wer; \\o/' } });
    expect(line).toContain(' :viewer!viewer@viewer.tmi.twitch.tv PRIVMSG #perty :hello');
    expect(tagsOf(line)).toEqual({
      'badge-info': '',
      badges: '',
      color: '',
      'display-name': 'Vie\\swer\\:\\s\\\\o/',
      emotes: '',
      'first-msg': '0',
      flags: '',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      mod: '0',
      'returning-chatter': '0',
      'room-id': expect.stringMatching(/^\d{9}$/),
      subscriber: '0',
      'tmi-sent-ts': '1800000000000',
      turbo: '0',
      'user-id': expect.stringMatching(/^\d{9}$/),
      'user-type': '',
    });
  });

  it.each([
    ['moderator', { badges: 'moderator/1', mod: '1', 'user-type': 'mod' }],
    ['vip', { badges: 'vip/1', vip: '1', mod: '0' }],
    ['subscriber', { badges: 'subscriber/0', subscriber: '1', 'badge-info': 'subscriber/1' }],
    ['broadcaster', { badges: 'broadcaster/1', mod: '0', 'user-type': '' }],
  ] as const)('sends the tags of a %s', async (role, tags) => {
    expect(tagsOf(await hear({ as: { login: 'viewer', roles: [role] } }))).toMatchObject(tags);
  });

  it('makes the channel’s owner its broadcaster', async () => {
    const tags = tagsOf(await hear({ as: { login: 'Perty' } }));
    expect(tags.badges).toBe('broadcaster/1');
    expect(tags['user-id']).toBe(tags['room-id']);
  });

  it('tells the true months apart from the badge', async () => {
    const as = { login: 'viewer', months: 14, color: '#FF69B4', badges: { premium: '1' } };
    expect(tagsOf(await hear({ as }))).toMatchObject({
      'badge-info': 'subscriber/14',
      badges: 'subscriber/12,premium/1',
      color: '#FF69B4',
      subscriber: '1',
    });
  });

  it('carries bits, rewards, a first message and tags of one’s own', async () => {
    const tags = { 'msg-id': 'highlighted-message', turbo: undefined };
    const more = { bits: 100, customRewardId: 'reward-1', firstMessage: true, tags };
    const heard = tagsOf(await hear(more));
    expect(heard).toMatchObject({
      bits: '100',
      'custom-reward-id': 'reward-1',
      'first-msg': '1',
      'msg-id': 'highlighted-message',
    });
    expect(heard).not.toHaveProperty('turbo');
  });

  it('wraps an action and counts emotes by code points', async () => {
    const line = await hear({ text: '😀 Kappa and Kappa', action: true, id: 'my-id' });
    expect(line).toContain(':\u0001ACTION 😀 Kappa and Kappa\u0001');
    expect(tagsOf(line)).toMatchObject({ emotes: '25:2-6,12-16', id: 'my-id' });
  });

  it('keeps a user’s id the same, with or without a display name', async () => {
    const twitch = await simulator();
    const line = (login: string): string =>
      twitch.chat.line({ channel: 'perty', as: { login }, text: 'x' });
    expect(tagsOf(line('Viewer'))['user-id']).toBe(tagsOf(line('viewer'))['user-id']);
    expect(tagsOf(line('viewer'))['user-id']).not.toBe(tagsOf(line('viewer2'))['user-id']);
  });

  it('threads replies and names the one who is answered', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const first = twitch.chat.say({
      channel: 'perty',
      as: { login: 'ann', displayName: 'Ann' },
      text: 'first; of all',
    });
    const second = twitch.chat.say({
      channel: 'perty',
      as: { login: 'bob' },
      text: 'second',
      replyTo: first.id,
    });
    twitch.chat.say({ channel: 'perty', as: { login: 'ann' }, text: '!third', replyTo: second.id });
    expect(tagsOf(await client.heard('@Ann second'))).toMatchObject({
      'reply-parent-display-name': 'Ann',
      'reply-parent-msg-body': 'first\\:\\sof\\sall',
      'reply-parent-msg-id': first.id,
      'reply-thread-parent-msg-id': first.id,
    });
    expect(tagsOf(await client.heard('@bob !third'))).toMatchObject({
      'reply-parent-msg-id': second.id,
      'reply-thread-parent-msg-id': first.id,
      'reply-thread-parent-user-login': 'ann',
    });
  });

  it('marks a message of a shared chat with its own room and badges there', async () => {
    const sharedFrom = { channel: 'other', id: 'source-1', roles: ['moderator'] } as const;
    const tags = tagsOf(await hear({ sharedFrom }));
    expect(tags).toMatchObject({
      badges: '',
      mod: '0',
      'source-badges': 'moderator/1',
      'source-id': 'source-1',
    });
    expect(tags['source-room-id']).not.toBe(tags['room-id']);
  });
});
