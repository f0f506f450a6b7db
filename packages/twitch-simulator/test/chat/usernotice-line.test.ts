import { describe, expect, it } from '@jest/globals';
import type { UsernoticeOptions } from '../../src/index.js';
import { simulator } from '../simulator.js';
import { RawClient, tagsOf } from './raw-client.js';

async function hear(options: UsernoticeOptions): Promise<string> {
  const twitch = await simulator();
  const client = await RawClient.join(twitch, 'pertybot', 'perty');
  twitch.chat.usernotice(options);
  return client.heard('USERNOTICE');
}

const as = { login: 'ann', displayName: 'Ann' };

describe('usernotice', () => {
  const cases: [UsernoticeOptions, Record<string, string>][] = [
    [
      { channel: 'perty', type: 'sub', as, plan: 'Prime' },
      {
        'msg-id': 'sub',
        'msg-param-sub-plan': 'Prime',
        'msg-param-cumulative-months': '1',
        'system-msg': 'Ann\\ssubscribed.',
      },
    ],
    [
      { channel: 'perty', type: 'resub', as, months: 7, streak: 3 },
      {
        'msg-id': 'resub',
        'msg-param-cumulative-months': '7',
        'msg-param-streak-months': '3',
        'msg-param-should-share-streak': '1',
      },
    ],
    [
      { channel: 'perty', type: 'subgift', recipient: { login: 'bob', displayName: 'Bob' } },
      {
        login: 'ananonymousgifter',
        'msg-id': 'subgift',
        'msg-param-recipient-display-name': 'Bob',
        'msg-param-recipient-user-name': 'bob',
      },
    ],
    [
      { channel: 'perty', type: 'submysterygift', as, count: 5, plan: '2000' },
      {
        'msg-id': 'submysterygift',
        'msg-param-mass-gift-count': '5',
        'msg-param-sub-plan': '2000',
      },
    ],
    [
      { channel: 'perty', type: 'raid', as, viewers: 1 },
      {
        'msg-id': 'raid',
        'msg-param-displayName': 'Ann',
        'msg-param-login': 'ann',
        'msg-param-viewerCount': '1',
      },
    ],
    [
      { channel: 'perty', type: 'announcement', as, color: 'BLUE' },
      { 'msg-id': 'announcement', 'msg-param-color': 'BLUE' },
    ],
    [
      {
        channel: 'perty',
        type: 'other',
        msgId: 'never-seen',
        as,
        systemMessage: 'Something new',
        tags: { 'msg-param-new': 'x' },
      },
      { 'msg-id': 'never-seen', 'system-msg': 'Something\\snew', 'msg-param-new': 'x' },
    ],
  ];

  it.each(cases.map(([options, tags]) => [options.type, options, tags] as const))(
    'sends a %s with its parameters',
    async (_, options, tags) => {
      const line = await hear(options);
      expect(line).toMatch(/ :tmi\.twitch\.tv USERNOTICE #perty$/);
      expect(tagsOf(line)).toMatchObject(tags);
    },
  );

  it('carries what the person wrote', async () => {
    const line = await hear({ channel: 'perty', type: 'resub', as, text: 'still here Kappa' });
    expect(line).toContain('USERNOTICE #perty :still here Kappa');
    expect(tagsOf(line).emotes).toBe('25:11-15');
  });

  it('hides its kind in a shared chat', async () => {
    const sharedFrom = { channel: 'other' };
    const tags = tagsOf(await hear({ channel: 'perty', type: 'raid', viewers: 9, as, sharedFrom }));
    expect(tags).toMatchObject({ 'msg-id': 'sharedchatnotice', 'source-msg-id': 'raid' });
    expect(tags['source-room-id']).not.toBe(tags['room-id']);
  });
});
