import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin, type Plugin, refuse } from '../../../src/index.js';
import {
  startTestBot,
  type TestBot,
  type TestBotOptions,
  type TestEntry,
} from '../../../src/testing/index.js';

const shop = definePlugin({
  name: 'shop',
  start({ reward, command }) {
    reward('confetti [burst:duration]', { cost: 500, title: 'Confetti!' }, ({ args, reply }) =>
      reply(`bang ${args.burst ?? 0}`),
    );
    reward('nothing', { cost: 1 }, () => refuse('shop.empty', { text: 'We are out of it.' }));
    reward('broken', { cost: 1 }, () => {
      throw new Error('boom');
    });
    reward('late', { cost: 1 }, async () => Promise.reject(new Error('later')));
    reward('hang', { cost: 1 }, () => new Promise(() => {}));
    reward('echo <text...>', { cost: 1 }, ({ args, say, redemption }) =>
      say(`${args.text.length} ${redemption?.id}`),
    );
    command('lamp <state:on|off> [time:duration]', {}, ({ args, reply }) =>
      reply(`lamp ${args.state} ${args.time ?? ''}`.trim()),
    );
  },
});

const moved = { moved: true };
const refused = (reason: string, text?: unknown) => ({
  moved: false,
  refusal: expect.objectContaining({ reason, ...(text === undefined ? {} : { text }) }),
});

describe('a redemption', () => {
  let bot: TestBot;
  afterEach(() => bot.stop());

  async function start(
    plugins: readonly (Plugin | TestEntry)[] = [shop],
    options: TestBotOptions = {},
  ) {
    bot = await startTestBot(plugins, options);
  }

  function events(type: 'command' | 'refusal') {
    return bot.events.filter((each) => each.type === type).map(({ data }) => data);
  }

  it('runs what its author wrote, with what the viewer typed', async () => {
    await start();
    await expect(bot.redeem('confetti', { as: 'Alice', text: '2s' })).resolves.toEqual(moved);
    expect(bot.replies).toEqual(['@Alice bang 2000']);
    expect(events('command')).toEqual([
      expect.objectContaining({
        command: 'confetti',
        plugin: 'shop',
        redemption: expect.objectContaining({ reward: 'confetti', title: 'Confetti!', cost: 500 }),
      }),
    ]);
  });

  it('refuses words that do not fit, with the usage', async () => {
    await start();
    await expect(bot.redeem('confetti', { text: 'soon' })).resolves.toEqual(
      refused('arguments', 'Usage: [burst:duration] · for example 10s'),
    );
    await expect(bot.redeem('echo')).resolves.toEqual(refused('arguments'));
    expect(events('refusal')).toHaveLength(2);
  });

  it('gives the points back when it is refused, fails, or is not there', async () => {
    await start();
    await expect(bot.redeem('nothing')).resolves.toEqual(
      refused('shop.empty', 'We are out of it.'),
    );
    await expect(bot.redeem('broken')).resolves.toEqual(refused('fault', expect.any(String)));
    await expect(bot.redeem('late')).resolves.toEqual(refused('fault'));
    await expect(bot.redeem('other')).resolves.toEqual(refused('unknown', expect.any(String)));
    expect(events('refusal')).toContainEqual(
      expect.objectContaining({
        reason: 'shop.empty',
        text: 'We are out of it.',
        redemption: expect.objectContaining({ reward: 'nothing', cost: 1 }),
      }),
    );
  });

  it('waits for a handler that hangs no longer than a minute', async () => {
    await start();
    const outcome = bot.redeem('hang');
    await bot.clock.advance('61s');
    await expect(outcome).resolves.toEqual(refused('timeout', 'hang took too long.'));
    expect(bot.clock.pending).toBe(0);
  });

  it('is decided when the bot stops, or its plugin does', async () => {
    await start();
    const first = bot.redeem('hang');
    await bot.restart('shop');
    await expect(first).resolves.toEqual(refused('stopping'));
    const second = bot.redeem('hang');
    await bot.stop();
    await expect(second).resolves.toEqual(refused('stopping', 'hang is being stopped.'));
    await expect(bot.redeem('confetti')).resolves.toEqual(refused('stopping'));
  });

  it('is decided when everything is stopped, and none begins', async () => {
    await start();
    const hanging = bot.redeem('hang');
    await bot.clock.advance(0);
    bot.emergencyStop.engage('somebody');
    await expect(hanging).resolves.toEqual(refused('stopped', 'Everything was stopped.'));
    await expect(bot.redeem('confetti')).resolves.toEqual(refused('stopped'));
  });

  it('lets one viewer have five going at once', async () => {
    await start();
    const all = Array.from({ length: 7 }, () => bot.redeem('hang'));
    await expect(all[6]).resolves.toEqual(refused('queue'));
    await bot.stop();
    const outcomes = await Promise.all(all);
    expect(outcomes.every((outcome) => !outcome.moved)).toBe(true);
  });

  it('takes texts and names as they come', async () => {
    await start();
    await expect(bot.redeem('echo', { text: 'x'.repeat(1_000_000), id: 'r1' })).resolves.toEqual(
      moved,
    );
    expect(bot.replies).toEqual(['2000 r1']);
    const as = '__proto__';
    await expect(bot.redeem('confetti', { as, userId: '__proto__' })).resolves.toEqual(moved);
    await expect(bot.redeem('__proto__')).resolves.toEqual(refused('unknown'));
    await expect(bot.redeem('constructor')).resolves.toEqual(refused('unknown'));
  });

  it('decides each of ten thousand', async () => {
    await start();
    const all = Array.from({ length: 10_000 }, (_, index) =>
      bot.redeem('confetti', { as: `viewer${index}` }),
    );
    const outcomes = await Promise.all(all);
    expect(outcomes).toHaveLength(10_000);
    expect(bot.replies.length).toBe(outcomes.filter((each) => each.moved).length);
    expect(outcomes.filter((each) => each.moved).length).toBeGreaterThanOrEqual(1_000);
    const pending = bot.clock.pending;
    expect(pending).toBe(0);
  });

  it('does not run when it was withdrawn while it waited', async () => {
    await start();
    const abort = new AbortController();
    const hanging = bot.redeem('hang');
    const waiting = bot.redeem('confetti', { signal: abort.signal });
    abort.abort();
    await bot.clock.advance('61s');
    await expect(hanging).resolves.toEqual(refused('timeout'));
    await expect(waiting).resolves.toEqual(refused('withdrawn'));
    expect(bot.replies).toEqual([]);
  });

  describe('of a command that plugins.yaml names', () => {
    const rewards = {
      'Lamp for a minute': { cost: 500, run: 'lamp on 1m' },
      'Any lamp': { cost: 700, run: 'lamp', input: true },
      Gone: { cost: 1, run: 'horn beep' },
      Off: { cost: 1, run: 'lamp off', enabled: false },
      Few: { cost: 1, run: 'lamp off', allow: 'moderator', cooldown: { user: 60_000 } },
      Live: { cost: 1, run: 'lamp off', onlyLive: true },
    } as const;

    it('runs it past its role and cooldown', async () => {
      const commands = { lamp: { allow: 'moderator', cooldown: 60_000 } } as const;
      await start([{ plugin: shop, rewards, commands }]);
      await expect(bot.redeem('lamp for a MINUTE')).resolves.toEqual(moved);
      await expect(bot.redeem('Any lamp', { text: 'off' })).resolves.toEqual(moved);
      expect(bot.replies).toEqual(['@viewer lamp on 60000', '@viewer lamp off']);
      await expect(bot.redeem('Any lamp', { text: 'up' })).resolves.toEqual(refused('arguments'));
      await expect(bot.redeem('Gone')).resolves.toEqual(refused('gone', 'horn is not there now.'));
      await expect(bot.redeem('Off')).resolves.toEqual(refused('disabled'));
    });

    it('goes by the role and the pauses that the owner says', async () => {
      await start([{ plugin: shop, rewards }]);
      await expect(bot.redeem('Few')).resolves.toEqual(refused('role', 'Few is for moderators.'));
      const mod = { as: 'Mod', roles: ['moderator'] } as const;
      await expect(bot.redeem('Few', mod)).resolves.toEqual(moved);
      await expect(bot.redeem('Few', mod)).resolves.toEqual(
        refused('cooldown', 'Few can be redeemed again in 1 min.'),
      );
    });

    it('waits for the stream to be live, and for somebody to say that it is', async () => {
      await start([{ plugin: shop, rewards }]);
      await expect(bot.redeem('Live')).resolves.toEqual(refused('offline'));
      bot.setLive(true);
      await expect(bot.redeem('Live')).resolves.toEqual(moved);
      bot.emit('streamOffline', { channel: 'test' });
      await expect(bot.redeem('Live')).resolves.toEqual(refused('offline'));
    });
  });
});
