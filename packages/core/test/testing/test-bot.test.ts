import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/host.js';
import { Chat, definePlugin, duration, v } from '../../src/index.js';
import { FakeChat, fakeChatPlugin } from '../../src/testing/fake-chat.js';
import { startTestBot } from '../../src/testing/index.js';

const lamp = definePlugin({
  name: 'lamp',
  config: v.strictObject({ burst: v.optional(duration(), '500ms'), word: v.optional(v.string()) }),
  start({ command, on, say, after }, { burst, word }) {
    command('lamp [for:duration]', { allow: 'moderator' }, ({ args, reply }) =>
      reply(`on for ${args.for ?? burst}`),
    );
    command('who', {}, ({ user, channel, message, reply }) =>
      reply(
        `${user.displayName} ${user.login} ${user.id} ${user.roles} ${channel} ${message.bits}`,
      ),
    );
    on('raid', ({ user, viewers }) => say(`${user.displayName} brings ${viewers}`));
    after('10s', () => say(word ?? 'later'));
  },
});

describe('startTestBot', () => {
  it('runs the same core on plugins alone', async () => {
    const bot = await startTestBot([lamp], { config: { lamp: { burst: '2s' } } });
    await bot.hear('!lamp', { as: 'alice', roles: ['moderator'] });
    await bot.hear('!lamp', { as: 'bob' });
    expect(bot.replies).toEqual(['on for 2000', '!lamp is for moderators.']);
    await bot.stop();
  });

  it('takes config and tuning with the plugin too, and a plugin twice', async () => {
    const bot = await startTestBot([
      { plugin: lamp, id: 'desk', commands: { lamp: { name: 'desk' }, who: { name: 'me' } } },
      { plugin: lamp, id: 'hall', config: { burst: '1s' } },
    ]);
    expect(bot.commands.map(({ name }) => name)).toEqual(['desk', 'help', 'lamp', 'me', 'who']);
    await bot.stop();
  });

  it('gives a plugin the time to start that its entry says', async () => {
    const slow = definePlugin({ name: 'slow', start: () => new Promise<void>(() => {}) });
    const bot = await startTestBot([{ plugin: slow, startTimeout: '2s' }], { start: false });
    const started = bot.start();
    await bot.clock.advance('2s');
    await started;
    expect(bot.plugins.at(-1)?.state).toMatchObject({
      name: 'failed',
      error: { code: 'PLUGIN_START_TIMEOUT' },
    });
    await bot.stop();
  });

  it('speaks as whom the test says', async () => {
    const bot = await startTestBot([lamp]);
    await bot.hear('!who');
    await bot.hear('Cheer5 !who', { as: 'Alice', roles: ['vip'], channel: 'other', bits: 5 });
    await bot.hear('!who', { as: 'Renamed', userId: 'id-alice' });
    expect(bot.replies).toEqual([
      'viewer viewer id-viewer everyone test 0',
      'Alice alice id-alice everyone,vip other 5',
      'Renamed renamed id-alice everyone test 0',
    ]);
    await bot.stop();
  });

  it('stands still until its clock is moved', async () => {
    const bot = await startTestBot([lamp]);
    await bot.clock.advance('9s');
    expect(bot.replies).toEqual([]);
    await bot.clock.advance('1s');
    expect(bot.replies).toEqual(['later']);
    await bot.stop();
  });

  it('tells plugins of events and keeps all of them in order', async () => {
    const bot = await startTestBot([lamp]);
    const { user } = { user: { displayName: 'Carol' } };
    bot.emit('raid', { channel: 'test', user: user as never, viewers: 12 });
    await bot.clock.advance(0);
    expect(bot.replies).toEqual(['Carol brings 12']);
    expect(bot.events.map(({ type }) => type).slice(-2)).toEqual(['raid', 'reply']);
    await bot.stop();
  });

  it('puts variables into the config', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of plugins.yaml
    const config = { lamp: { word: '${WORD}' } };
    const bot = await startTestBot([lamp], { config, env: { WORD: 'hello' } });
    await bot.clock.advance('10s');
    expect(bot.replies).toEqual(['hello']);
    await bot.stop();
    await expect(startTestBot([lamp], { config })).rejects.toThrow(ConfigError);
  });

  it('refuses a wrong config as plugins.yaml would', async () => {
    await expect(startTestBot([lamp], { config: { lamp: { brust: 1 } } })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('unknown key "brust"'),
    });
  });

  it('uses the chat of a plugin that provides one', async () => {
    const chat = new FakeChat();
    const bot = await startTestBot([fakeChatPlugin(chat), lamp]);
    await bot.hear('!lamp', { roles: ['broadcaster'] });
    expect(chat.said).toEqual(['on for 500']);
    expect(bot.replies).toEqual(['on for 500']);
    expect(bot.find(Chat)).toBe(chat);
    await bot.stop();
  });

  it('runs on the real clock where a test asks for it', async () => {
    const bot = await startTestBot([lamp], { realClock: true });
    expect(() => bot.clock).toThrow('real clock');
    await bot.stop();
  });

  it('starts in milliseconds', async () => {
    const begun = performance.now();
    for (let i = 0; i < 10; i++) {
      const bot = await startTestBot([lamp]);
      await bot.hear('!lamp', { roles: ['moderator'] });
      await bot.stop();
    }
    expect((performance.now() - begun) / 10).toBeLessThan(300);
  });
});
