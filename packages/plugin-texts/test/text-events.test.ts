import { afterEach, describe, expect, it } from '@jest/globals';
import { reactingEvents } from '@pertybot/core';
import { makeChannelEvents, makeUser, startTestBot, type TestBot } from '@pertybot/core/testing';
import texts from '../src/index.js';

describe('events:', () => {
  let bot: TestBot;
  afterEach(() => bot.stop());
  const start = async (events: unknown, replies: Record<string, string> = {}) => {
    bot = await startTestBot([{ plugin: texts, config: { events } }], { replies });
    return bot;
  };
  const samples = makeChannelEvents();
  const follow = (name: string, channel = 'test') =>
    bot.emit('follow', { ...samples.follow, channel, user: makeUser({ as: name }) });

  it('says what happens, each with what it tells', async () => {
    await start({
      follow: 'Welcome {user}!',
      raid: '{user} brings {viewers} to {channel}',
      cheer: { min: 100, text: '{bits} bits, {user}!' },
    });
    bot.emit('follow', samples.follow);
    bot.emit('raid', samples.raid);
    bot.emit('cheer', samples.cheer);
    await bot.clock.advance('1s');
    expect(bot.replies).toEqual(['Welcome Alice!', 'Alice brings 5 to test', '100 bits, Alice!']);
    expect(bot.reactions).toMatchObject([
      { event: 'follow', plugin: 'texts', did: '"Welcome Alice!"', user: { login: 'alice' } },
      { event: 'raid' },
      { event: 'cheer' },
    ]);
  });

  it.each(reactingEvents)('may have a text for %s', async (event) => {
    await start({ [event]: `${event} in {channel}, time {count}` });
    bot.emit(event, samples[event]);
    await bot.clock.advance('1s');
    expect(bot.replies).toEqual([`${event} in test, time 1`]);
  });

  it('says each of several that fits, and remembers where none does', async () => {
    await start({
      cheer: [
        { min: 1, max: 99, text: 'Thanks, {user}' },
        { min: 100, text: 'Wow, {user}' },
        'Bits! {random: yes | yes}',
      ],
      subscribe: { tier: 3, text: 'Tier three!' },
    });
    bot.emit('cheer', samples.cheer);
    bot.emit('subscribe', samples.subscribe);
    await bot.clock.advance('1s');
    expect(bot.replies).toEqual(['Wow, Alice', 'Bits! yes']);
    expect(bot.reactions.at(0)).toMatchObject({
      event: 'subscribe',
      reason: 'unfit',
      text: '"tier" asks for 3, and it was 1',
    });
  });

  it('greets a flood of followers together', async () => {
    await start({ follow: 'Welcome {user}!' });
    for (let count = 1; count <= 1_000; count++) follow(`Bot${count}`);
    await bot.clock.advance('1m');
    expect(bot.replies).toEqual([
      'Welcome Bot1!',
      'Welcome Bot2, Bot3, Bot4, Bot5, Bot6 and 994 more!',
    ]);
    follow('Late');
    await bot.clock.advance('1s');
    expect(bot.replies.at(-1)).toBe('Welcome Late!');
  });

  it('goes on greeting at its pace while the flood lasts', async () => {
    await start({ follow: { pause: '30s', text: '{user}' } });
    for (let second = 0; second < 120; second++) {
      follow(`V${second}`);
      await bot.clock.advance('1s');
    }
    expect(bot.replies).toEqual([
      'V0',
      'V1, V2, V3, V4, V5 and 24 more',
      'V30, V31, V32, V33, V34 and 25 more',
      'V60, V61, V62, V63, V64 and 25 more',
      'V90, V91, V92, V93, V94 and 25 more',
    ]);
  });

  it('leaves out what cannot be said together, and remembers that', async () => {
    await start({ cheer: '{bits} bits, {user}!' });
    for (let count = 0; count < 50; count++) bot.emit('cheer', samples.cheer);
    await bot.clock.advance('1m');
    expect(bot.replies).toEqual(['100 bits, Alice!']);
    expect(bot.reactions.at(-1)).toMatchObject({ did: '"100 bits, Alice!"' });
    expect(bot.reactions.at(0)).toMatchObject({
      reason: 'limited',
      text: 'its text is said once in 10 s',
    });
  });

  it('keeps each channel and each text apart', async () => {
    await start({ follow: 'Welcome {user}!', raid: { pause: '0s', text: 'Raid!' } });
    follow('alice', 'one');
    follow('bob', 'two');
    for (let raid = 0; raid < 3; raid++) bot.emit('raid', samples.raid);
    await bot.clock.advance('1s');
    expect(bot.replies).toEqual(['Welcome alice!', 'Welcome bob!', 'Raid!', 'Raid!', 'Raid!']);
  });

  it('thanks for a bundle of gifts once, and whoever is anonymous', async () => {
    await start({ giftSubscription: '{user} gives {gifts}!' }, { 'texts.somebody': 'Jemand' });
    bot.emit('giftSubscription', { ...samples.giftSubscription, user: undefined });
    for (let gift = 0; gift < 5; gift++) {
      bot.emit('giftSubscription', { ...samples.giftSubscription, count: 0 });
    }
    await bot.clock.advance('1m');
    expect(bot.replies).toEqual(['Jemand gives 5!']);
  });

  it('lets no viewer command the bot or others by a name or a text', async () => {
    await start({ redeem: '{text}', follow: '{user}' });
    bot.emit('redeem', { ...samples.redeem, text: '/ban {user}' });
    follow('!so');
    await bot.clock.advance('1s');
    expect(bot.replies).toEqual(['\u200B/ban {user}', '\u200B!so']);
  });

  it('says nothing any more when the plugin has stopped', async () => {
    await start({ follow: 'Welcome {user}!' });
    follow('alice');
    follow('bob');
    await bot.clock.advance(0);
    await bot.stop();
    await bot.clock.advance('1m');
    expect(bot.replies).toEqual(['Welcome alice!']);
    expect(bot.clock.pending).toBe(0);
  });

  it.each([
    [{ folow: 'hi' }, 'did you mean "follow"'],
    [
      { follow: 'hi {usr}' },
      'expected {user}, {channel}, {count} or {random: a | b} in place of {usr}',
    ],
    [{ follow: 'hi {usr}' }, 'did you mean {user}?'],
    [{ follow: '{viewers}' }, 'in place of {viewers}'],
    [{ raid: { mni: 3, text: 'hi' } }, 'did you mean "min"'],
    [{ raid: { min: 3 } }, 'text'],
    [{ raid: { min: 'many', text: 'hi' } }, 'expected a number'],
    [{ raid: { text: 'hi', pause: 'long' } }, 'expected a duration'],
    [{ raid: [] }, 'expected a text'],
    [{ raid: '' }, 'expected a text'],
    [{ raid: [{ text: 'hi {x}' }] }, 'in place of {x}'],
    [{ raid: 7 }, 'expected a text'],
  ])('refuses %j', async (events, told) => {
    const error = await start(events).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(JSON.stringify(error, ['problems', 'message', 'hint']).toLowerCase()).toContain(
      JSON.stringify(told.toLowerCase()).slice(1, -1),
    );
    await start({});
  });
});
