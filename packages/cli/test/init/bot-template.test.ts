import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { botTemplate, type NewBot } from '../../src/init/bot-template.js';
import { makeBotFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';

const bot: NewBot = {
  channel: 'streamer',
  account: undefined,
  login: 'auto',
  gadget: 'light',
  pin: 'GPIO17',
};

const fileOf = (path: string, more: Partial<NewBot> = {}) =>
  botTemplate({ ...bot, ...more }, 'my-bot', '1.2.3').find((file) => file.path === path);

const pluginsOf = (more: Partial<NewBot> = {}) =>
  (
    parse(fileOf('plugins.yaml', more)?.text ?? '') as {
      plugins: { use: string; config?: object }[];
    }
  ).plugins;

const configOf = (use: string, more: Partial<NewBot> = {}) =>
  pluginsOf(more).find((entry) => entry.use === use)?.config;

describe('a new bot', () => {
  it('keeps its secrets to its owner, and out of git', () => {
    expect(fileOf('.env')?.mode).toBe(0o600);
    const ignored = fileOf('.gitignore')?.text.split('\n') ?? [];
    expect(ignored).toEqual(
      expect.arrayContaining(['.env', '.pertybot/', 'node_modules/', '*.pem']),
    );
    expect(ignored).toContain('!.env.example');
  });

  it('names no secret in a file that goes into git', () => {
    const texts = botTemplate(bot, 'my-bot', '1.2.3').map(({ text }) => text);
    for (const text of texts) expect(text).not.toMatch(/CLIENT_SECRET=\S/);
  });

  it('sits in the channel that its owner named', () => {
    expect(configOf('irc')).toEqual({ channels: ['streamer'] });
    expect(fileOf('README.md')?.text).toContain('#streamer');
  });

  it('takes any account that logs in, unless one is named', () => {
    expect(configOf('oauth')).not.toHaveProperty('account');
    expect(configOf('oauth', { account: 'mybot', login: 'device' })).toMatchObject({
      account: 'mybot',
      login: 'device',
    });
  });

  it.each([
    ['light', 'lamp', '10m'],
    ['relay', 'plug', '30s'],
    ['buzzer', 'horn', '2s'],
  ] as const)('has a %s that goes off by itself', (gadget, name, maxOn) => {
    expect(configOf('gpio', { gadget, pin: 'GPIO5' })).toEqual({
      gadgets: { [name]: { type: gadget, pin: 'GPIO5', maxOn } },
    });
    expect(fileOf('README.md', { gadget })?.text).toContain(`!${name} on`);
  });

  it.each([
    ['light', 'Lamp for a minute', '!lamp on 1m'],
    ['relay', 'Plug for ten seconds', '!plug on 10s'],
    ['buzzer', 'Sound the horn', '!horn on 1s'],
  ] as const)('has a reward for a %s that waits to be wanted', async (gadget, title, run) => {
    const text = fileOf('plugins.yaml', { gadget })?.text ?? '';
    expect(pluginsOf({ gadget }).map(({ use }) => use)).not.toContain('eventsub');
    const wanted = text
      .replace('# - use: eventsub', '- use: eventsub')
      .replace(/# rewards:\n( +)# {3}"/, 'rewards:\n$1  "');
    const folder = await makeBotFolder({
      'plugins.yaml': wanted,
      'plugins/dice.ts': fileOf('plugins/dice.ts')?.text ?? '',
      '.env': 'TWITCH_CLIENT_ID=x\n',
    });
    const { stdout, stderr, code } = await runInProcess(['check'], folder.path);
    await folder.remove();
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(title);
    expect(parse(wanted).plugins).toContainEqual(
      expect.objectContaining({ rewards: { [title]: { cost: 500, run: run.slice(1) } } }),
    );
  });

  it('may have no gadget', () => {
    expect(pluginsOf({ gadget: 'none' }).map(({ use }) => use)).toContain('gpio');
    expect(configOf('gpio', { gadget: 'none' })).toBeUndefined();
    expect(fileOf('README.md', { gadget: 'none' })?.text).toContain('!roll');
  });

  it('depends on the PertyBot that made it', () => {
    expect(JSON.parse(fileOf('package.json')?.text ?? '')).toMatchObject({
      name: 'my-bot',
      private: true,
      dependencies: { pertybot: '^1.2.3' },
    });
  });

  it('brings each file once, with text in it', () => {
    const files = botTemplate(bot, 'my-bot', '1.2.3');
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    for (const { text } of files) expect(text).toMatch(/\S\n$/);
  });
});
