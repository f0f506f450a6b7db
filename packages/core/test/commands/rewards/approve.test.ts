import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../../src/index.js';
import { startTestBot, type TestBot } from '../../../src/testing/index.js';

const treats = definePlugin({
  name: 'treats',
  start({ command }) {
    command('treat', {}, ({ say }) => say('treat'));
  },
});

const mod = { as: 'Mod', roles: ['moderator'] } as const;
const moved = { moved: true };
const refused = (reason: string) => ({
  moved: false,
  refusal: expect.objectContaining({ reason, text: expect.any(String) }),
});

describe('a reward that a moderator must approve', () => {
  let bot: TestBot;
  beforeEach(async () => {
    const rewards = {
      Dinner: { cost: 5_000, run: 'treat', approve: 'moderator' },
      Dessert: { cost: 500, run: 'treat', approve: 'moderator' },
    } as const;
    bot = await startTestBot([{ plugin: treats, rewards }]);
  });
  afterEach(() => bot.stop());

  const names = () => bot.commands.map(({ name }) => name);

  it('waits until one says yes, whom chat tells how', async () => {
    expect(names()).not.toContain('approve');
    const outcome = bot.redeem('Dinner', { as: 'Alice' });
    await bot.clock.advance(0);
    expect(names()).toContain('approve');
    expect(bot.replies).toEqual(['Dinner of Alice waits for a moderator: !approve alice']);
    await bot.hear('!approve alice');
    expect(bot.rewards.waiting).toHaveLength(1);
    await bot.hear('!approve @Alice', mod);
    await expect(outcome).resolves.toEqual(moved);
    expect(bot.replies.slice(-2).sort()).toEqual(['Yes to Dinner of alice.', 'treat']);
    expect(names()).not.toContain('approve');
  });

  it('asks which, where a viewer waits for several', async () => {
    const dinner = bot.redeem('Dinner', { as: 'Alice' });
    const dessert = bot.redeem('Dessert', { as: 'Alice' });
    await bot.clock.advance(0);
    await bot.hear('!approve alice', mod);
    expect(bot.replies.at(-1)).toBe('Say which: Dinner, Dessert');
    await bot.hear('!approve bob', mod);
    expect(bot.replies.at(-1)).toBe('Nothing of bob waits.');
    await bot.hear('!approve alice dess', mod);
    await expect(dessert).resolves.toEqual(moved);
    expect(bot.rewards.approve(bot.rewards.waiting[0]?.id ?? '')).toBe(true);
    await expect(dinner).resolves.toEqual(moved);
    expect(bot.rewards.approve('other')).toBe(false);
  });

  it('waits no longer when it is withdrawn, stopped, or the bot ends', async () => {
    const abort = new AbortController();
    const first = bot.redeem('Dinner', { signal: abort.signal });
    await bot.clock.advance(0);
    abort.abort();
    await expect(first).resolves.toEqual(refused('withdrawn'));
    expect(names()).not.toContain('approve');
    const second = bot.redeem('Dinner');
    await bot.clock.advance(0);
    bot.emergencyStop.end();
    await expect(second).resolves.toEqual(refused('stopped'));
    const third = bot.redeem('Dinner');
    await bot.clock.advance(0);
    await bot.stop();
    await expect(third).resolves.toEqual(refused('stopping'));
  });

  it('lets no more wait than anybody would look at, and tells of many in one line', async () => {
    const all = Array.from({ length: 300 }, (_, index) =>
      bot.redeem('Dinner', { as: `viewer${index}` }),
    );
    await bot.clock.advance('6s');
    expect(bot.rewards.waiting).toHaveLength(200);
    await expect(all[299]).resolves.toEqual(refused('full'));
    expect(bot.replies).toEqual([
      'Dinner of viewer0 waits for a moderator: !approve viewer0',
      'Dinner of viewer1 and 198 more wait for a moderator: !approve viewer1',
    ]);
    await bot.stop();
    await expect(Promise.all(all)).resolves.toHaveLength(300);
  });

  it('gives way to a command of that name', async () => {
    const own = definePlugin({
      name: 'own',
      start({ command }) {
        command('approve', {}, ({ reply }) => reply('mine'));
      },
    });
    await bot.stop();
    const rewards = { Dinner: { cost: 1, run: 'treat', approve: 'moderator' } } as const;
    bot = await startTestBot([{ plugin: treats, rewards }, own]);
    const outcome = bot.redeem('Dinner');
    await bot.clock.advance(0);
    await bot.hear('!approve', mod);
    expect(bot.replies.at(-1)).toBe('mine');
    await bot.stop();
    await expect(outcome).resolves.toEqual(refused('stopping'));
  });
});
