import { afterEach, describe, expect, test } from '@jest/globals';
import type { UsernoticeOptions } from '@pertybot/twitch-simulator';
import { type ChatRig, startRig } from '../chat-rig.js';

let rig: ChatRig;
afterEach(() => rig.stop());

const channel = 'streamer';
const alice = { login: 'alice', displayName: 'Alice' };
const bob = { login: 'bob', displayName: 'Bob' };

async function happen(options: UsernoticeOptions): Promise<void> {
  rig.twitch.chat.usernotice(options);
  await rig.settled();
}

describe('beside chat', () => {
  test('a new subscription is told', async () => {
    rig = await startRig();
    await happen({ channel, as: alice, type: 'sub', plan: 'Prime' });
    const [event] = rig.events('subscribe');
    expect(event).toMatchObject({ channel, tier: 'prime', months: 1, renewed: false, text: '' });
    expect(event?.user).toMatchObject({ login: 'alice', displayName: 'Alice' });
  });

  test('a plan that nobody knows is the first tier', async () => {
    rig = await startRig();
    const tags = { 'msg-param-sub-plan': '__proto__' };
    await happen({ channel, as: alice, type: 'sub', tags });
    expect(rig.events('subscribe')[0]?.tier).toBe('1');
  });

  test('a renewed subscription is told with its months and text', async () => {
    rig = await startRig();
    await happen({ channel, as: alice, type: 'resub', months: 27, plan: '3000', text: 'still 1' });
    expect(rig.events('subscribe')).toHaveLength(1);
    const told = { tier: '3', months: 27, renewed: true, text: 'still 1' };
    expect(rig.events('subscribe')[0]).toMatchObject(told);
  });

  test('a gift is told with giver and receiver', async () => {
    rig = await startRig();
    await happen({ channel, as: alice, type: 'subgift', recipient: bob, plan: '2000' });
    const [event] = rig.events('giftSubscription');
    expect(event).toMatchObject({
      tier: '2',
      count: 1,
      recipient: { login: 'bob', displayName: 'Bob' },
    });
    expect(event?.user?.login).toBe('alice');
  });

  test('a bundle of gifts counts once', async () => {
    rig = await startRig();
    const tags = { 'msg-param-community-gift-id': '4711' };
    await happen({ channel, as: alice, type: 'submysterygift', count: 3, tags });
    for (const login of ['one', 'two', 'three']) {
      await happen({ channel, as: alice, type: 'subgift', recipient: { login }, tags });
    }
    expect(rig.events('giftSubscription').map(({ count }) => count)).toEqual([3, 0, 0, 0]);
  });

  test('a notice that arrives twice is told once', async () => {
    rig = await startRig();
    rig.twitch.chat.faults.duplicateNext();
    await happen({ channel, as: bob, type: 'raid', viewers: 3 });
    expect(rig.events('raid')).toHaveLength(1);
    expect(rig.health.duplicateMessages).toBe(1);
  });

  test('an anonymous gift has no giver', async () => {
    rig = await startRig();
    await happen({ channel, type: 'submysterygift', count: 5 });
    expect(rig.events('giftSubscription')[0]).toMatchObject({ count: 5, user: undefined });
  });

  test('a raid is told with its viewers, also when it is one', async () => {
    rig = await startRig();
    await happen({ channel, as: bob, type: 'raid', viewers: 1 });
    expect(rig.events('raid')[0]).toMatchObject({ channel, viewers: 1 });
    expect(rig.events('raid')[0]?.user.login).toBe('bob');
  });

  test('an announcement is told with its colour', async () => {
    rig = await startRig();
    await happen({ channel, as: alice, type: 'announcement', color: 'PURPLE', text: 'listen' });
    expect(rig.events('announcement')[0]).toMatchObject({ text: 'listen', color: 'purple' });
  });

  test('an unknown kind of notice is an event, not an error', async () => {
    rig = await startRig();
    const systemMessage = 'Alice watched 10 streams.';
    await happen({ channel, as: alice, type: 'other', msgId: 'viewermilestone', systemMessage });
    await happen({ channel, as: alice, type: 'other', msgId: 'unheard-of' });
    expect(rig.events('notice')).toEqual([
      { channel, id: 'viewermilestone', text: systemMessage },
      { channel, id: 'unheard-of', text: '' },
    ]);
    expect(rig.events('fault')).toEqual([]);
  });

  test('what another channel of a shared chat celebrates is a notice', async () => {
    rig = await startRig();
    await happen({ channel, as: alice, type: 'sub', sharedFrom: { channel: 'friend' } });
    expect(rig.events('subscribe')).toEqual([]);
    expect(rig.events('notice')[0]).toMatchObject({ channel, id: 'sharedchatnotice' });
  });

  test('moderation is told', async () => {
    rig = await startRig();
    rig.twitch.chat.clearchat({ channel, login: 'bob', duration: 1 });
    rig.twitch.chat.clearchat({ channel, login: 'bob' });
    rig.twitch.chat.clearchat({ channel });
    const { id } = rig.twitch.chat.say({ channel, as: bob, text: 'bad' });
    rig.twitch.chat.clearmsg({ channel, id });
    await rig.settled();
    expect(rig.events('moderation')).toEqual([
      { channel, action: 'timeout', login: 'bob', duration: 1 },
      { channel, action: 'ban', login: 'bob' },
      { channel, action: 'clear' },
      { channel, action: 'delete', login: 'bob', messageId: id },
    ]);
  });

  test('the settings of a room are told in full at first, then as they change', async () => {
    rig = await startRig();
    rig.twitch.chat.roomstate({ channel, slow: '30' });
    rig.twitch.chat.roomstate({ channel, 'subs-only': '1' });
    rig.twitch.chat.roomstate({ channel, 'followers-only': '0' });
    await rig.settled();
    expect(rig.events('roomState')).toEqual([
      {
        channel,
        slow: 0,
        followersOnly: -1,
        subscribersOnly: false,
        emoteOnly: false,
        uniqueOnly: false,
      },
      { channel, slow: 30 },
      { channel, subscribersOnly: true },
      { channel, followersOnly: 0 },
    ]);
  });

  test.each([
    'emote_only_on',
    'emote_only_off',
    'slow_on',
    'slow_off',
    'subs_on',
    'subs_off',
    'followers_on',
    'r9k_on',
    'room_mods',
  ])('the notice "%s" is an event like any other, once', async (msgId) => {
    rig = await startRig();
    rig.twitch.chat.notice({ channel, msgId, text: 'That is so now.' });
    await rig.settled();
    expect(rig.events('notice')).toEqual([{ channel, id: msgId, text: 'That is so now.' }]);
  });

  test('a notice is told, and what the owner should do is logged once a minute', async () => {
    rig = await startRig();
    rig.twitch.chat.notice({ channel, msgId: 'msg_subsonly' });
    rig.twitch.chat.notice({ channel, msgId: 'msg_subsonly' });
    rig.twitch.chat.notice({ channel, msgId: 'msg_rejected' });
    rig.twitch.chat.notice({ channel, msgId: 'msg_brand_new' });
    await rig.settled();
    expect(rig.events('notice').map(({ id }) => id)).toEqual([
      'msg_subsonly',
      'msg_subsonly',
      'msg_rejected',
      'msg_brand_new',
    ]);
    const warnings = rig.bot.log.filter(({ level }) => level === 'warn');
    expect(warnings.map(({ fields }) => fields.notice)).toEqual(['msg_subsonly', 'msg_rejected']);
    expect(warnings[0]?.fields.hint).toBe('Make the bot a moderator.');
  });
});
