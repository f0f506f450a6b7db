import { afterEach, describe, expect, it } from '@jest/globals';
import { SpokenReplies } from '@pertybot/core/host';
import { makeUser } from '@pertybot/core/testing';
import { Gadgets } from '@pertybot/plugin-gpio';
import { ConfiguredGadget } from '../../../src/gadgets/build/configured-gadget.js';
import { Crowd } from '../../../src/gadgets/crowd/crowd.js';
import { parseCrowdPolicy } from '../../../src/gadgets/crowd/crowd-policy.js';
import { verb } from '../../../src/gadgets/verbs/verb.js';
import { gpioReplies } from '../../../src/replies.js';
import { makeGuard } from '../../guard/make-guard.js';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('parseCrowdPolicy', () => {
  it('reads a policy and its time', () => {
    expect(parseCrowdPolicy('vote(30s)')).toEqual({ name: 'vote', window: 30_000 });
    expect(parseCrowdPolicy('first')).toEqual({ name: 'first', window: 10_000 });
    expect(parseCrowdPolicy('random(1m)')).toEqual({ name: 'random', window: 60_000 });
  });

  it.each(['', 'vote()', 'vote(0s)', 'vote(soon)', 'all'])('refuses %j', (text) => {
    expect(parseCrowdPolicy(text)).toBeUndefined();
  });
});

describe('a crowd in chat', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const start = async (crowd: string) => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17, crowd } } });
  };

  it('does what most of them want', async () => {
    await start('vote(10s)');
    await bot.hear('!lamp off', { as: 'alice' });
    await bot.hear('!lamp on', { as: 'bob' });
    await bot.hear('!lamp ON', { as: 'carol' });
    expect(bot.replies).toEqual(['What shall lamp do? Say it within 10 s, most votes win.']);
    expect(bot.board.level(17)).toBe(0);
    await bot.clock.advance('10s');
    expect(bot.board.level(17)).toBe(1);
    expect(bot.replies.at(-1)).toBe('"on" wins with 2 of 3: lamp is on');
  });

  it('shows how a vote stands while it goes on', async () => {
    await start('vote(10s)');
    const ballot = () => bot.find(Gadgets)?.list[0]?.ballot;
    expect(ballot()).toBeUndefined();
    await bot.hear('!lamp off', { as: 'alice' });
    await bot.clock.advance('4s');
    await bot.hear('!lamp on', { as: 'bob' });
    await bot.hear('!lamp on', { as: 'carol' });
    expect(ballot()).toEqual({
      policy: 'vote',
      closesIn: 6_000,
      voters: 3,
      choices: [
        { line: 'on', votes: 2 },
        { line: 'off', votes: 1 },
      ],
    });
    await bot.clock.advance('6s');
    expect(ballot()).toBeUndefined();
  });

  it('counts the last word of each, and the first of those with as many votes', async () => {
    await start('vote(10s)');
    await bot.hear('!lamp off', { as: 'alice' });
    await bot.hear('!lamp on', { as: 'bob' });
    await bot.hear('!lamp blink 2', { as: 'alice' });
    await bot.clock.advance('10s');
    expect(bot.replies.at(-1)).toBe('"blink 2" wins with 1 of 2: lamp blinks 2 times');
  });

  it('does not count what the gadget does not know', async () => {
    await start('vote(10s)');
    await bot.hear('!lamp blink 99', { as: 'alice' });
    expect(bot.replies).toEqual(['blink takes a number from 1 to 20, such as "blink 3".']);
    await bot.clock.advance('1m');
    expect(bot.replies).toHaveLength(1);
  });

  it('begins anew after each decision', async () => {
    await start('vote(10s)');
    await bot.hear('!lamp on');
    await bot.clock.advance('10s');
    await bot.hear('!lamp off');
    await bot.clock.advance('10s');
    expect(bot.board.level(17)).toBe(0);
  });

  it('lets the first one drive for a while', async () => {
    await start('first(10s)');
    await bot.hear('!lamp on', { as: 'Alice' });
    await bot.clock.advance('4s');
    await bot.hear('!lamp off', { as: 'bob' });
    expect(bot.replies).toEqual(['lamp is on', 'Alice was first; lamp is free again in 6 s.']);
    await bot.clock.advance('6s');
    await bot.hear('!lamp off', { as: 'bob' });
    expect(bot.board.level(17)).toBe(0);
  });

  it.each(['first(20s)', 'vote(20s)', 'random(20s)'])(
    'lets moderators, the broadcaster and the driver switch off at once: %s',
    async (crowd) => {
      await start(crowd);
      for (const who of [
        { as: 'mod', roles: ['moderator'] },
        { as: 'streamer', roles: ['broadcaster'] },
        { as: 'Alice' },
      ] as const) {
        await bot.hear('!lamp on', { as: 'Alice' });
        await bot.clock.advance(crowd.startsWith('first') ? 0 : '20s');
        expect(bot.board.level(17)).toBe(1);
        await bot.hear('!lamp off', { as: 'bob', roles: ['vip', 'subscriber'] });
        expect(bot.board.level(17)).toBe(1);
        void bot.hear('!lamp off', who);
        expect(bot.board.level(17)).toBe(0);
        await bot.clock.advance('1m');
      }
    },
  );

  it('lets anyone switch off by the word of the owner', async () => {
    bot = await startGpioBot({
      gadgets: { lamp: { type: 'light', pin: 17, crowd: 'first(20s)', off: 'anyone' } },
    });
    await bot.hear('!lamp on', { as: 'Alice' });
    await bot.hear('!lamp off', { as: 'bob' });
    expect([bot.board.level(17), bot.replies.at(-1)]).toEqual([0, 'lamp is off']);
    await bot.hear('!lamp on', { as: 'bob' });
    expect(bot.refusals.at(-1)?.reason).toBe('gadget.crowd');
  });

  it('knows no other word than anyone for who switches off', async () => {
    const wrong = { lamp: { type: 'light', pin: 17, off: 'mods' } };
    await expect(startGpioBot({ gadgets: wrong })).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('off: expected anyone') }],
    });
    await start('first');
  });

  it('forgets its votes when the bot stops', async () => {
    await start('random');
    await bot.hear('!lamp on');
    await bot.stop();
    expect(bot.clock.pending).toBe(0);
  });
});

describe('a lot', () => {
  it('falls on one of them', async () => {
    const { clock, log } = makeGuard();
    const replies = new SpokenReplies(gpioReplies);
    const done: string[] = [];
    const act = (name: string) => verb({ about: name, run: async () => void done.push(name) });
    const gadget = new ConfiguredGadget(
      { name: 'lamp', type: 'light', about: '', busy: { name: 'replace' }, replies: {} },
      { state: 'on', verbs: { on: act('on'), off: act('off') } },
      { clock, log, replies, pins: [], begun: () => {} },
    );
    const said: string[] = [];
    const crowd = new Crowd({
      gadget,
      clock,
      replies,
      policy: { name: 'random', window: 5_000 },
      random: () => 0.5,
      say: async (text) => said.push(text),
    });
    await crowd.ask('on', makeUser({ as: 'Alice' }));
    await crowd.ask('off', makeUser({ as: 'Bob' }));
    await clock.advance('5s');
    expect(done).toEqual(['off']);
    expect(said).toEqual(['Bob is drawn: lamp is on']);
  });
});
