import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type BotEvents, definePlugin } from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import eventsub, { EventSubHealth } from '@pertybot/plugin-eventsub';
import irc from '@pertybot/plugin-irc';
import oauth from '@pertybot/plugin-oauth';
import {
  ScriptedBrowser,
  startTwitchSimulator,
  type TwitchSimulator,
} from '@pertybot/twitch-simulator';

jest.setTimeout(60_000);

const redirectPort = async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? address?.port : undefined;
};

describe('a bot with all of Twitch', () => {
  let twitch: TwitchSimulator;
  let folder: string;
  let redirectUri: string;
  let bot: TestBot | undefined;
  /** Who logs in when a page opens. */
  let who: string[] = [];
  let heard: string[] = [];
  let opened = 0;
  let listen: (event: keyof BotEvents) => void = () => {};

  beforeEach(async () => {
    redirectUri = `http://localhost:${await redirectPort()}/`;
    twitch = await startTwitchSimulator({
      clients: [{ id: 'the-client', secret: 'the-secret', redirectUris: [redirectUri] }],
      accounts: [{ login: 'pertybot' }, { login: 'streamer' }],
    });
    folder = await mkdtemp(path.join(os.tmpdir(), 'pertybot-eventsub-'));
    heard = [];
    opened = 0;
  });

  afterEach(async () => {
    await bot?.stop();
    await twitch.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 9 });
  });

  async function start(...events: (keyof BotEvents)[]): Promise<TestBot> {
    const greeter = definePlugin({
      name: 'greeter',
      start({ on }) {
        listen = (event) => on(event, () => void heard.push(event));
        for (const event of events) listen(event);
      },
    });
    const browser = {
      open: async (url: string) => {
        opened += 1;
        new ScriptedBrowser({ as: who.shift() ?? 'streamer' }).visit(url).catch(() => {});
        return true;
      },
    };
    const { host: server, port } = twitch.chatUrl;
    bot = await startTestBot([oauth, irc, greeter, eventsub], {
      ...{ realClock: true, browser, folders: { bot: folder, state: path.join(folder, 'state') } },
      config: {
        oauth: {
          ...{ clientId: 'the-client', clientSecret: 'the-secret', redirectUri },
          ...{ idUrl: twitch.idUrl },
        },
        irc: { channels: ['streamer'], server, port, secure: false },
        eventsub: { apiUrl: twitch.apiUrl, eventsubUrl: twitch.eventSubUrl },
      },
    });
    return bot;
  }

  async function until(condition: () => boolean, what: string): Promise<void> {
    const end = performance.now() + 30_000;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  const stateNow = () => bot?.find(EventSubHealth)?.state;
  const authorizations = () => twitch.id.requests.filter(({ path }) => path.endsWith('/authorize'));

  const consents = () => authorizations().filter(({ method }) => method === 'POST');

  it('asks the broadcaster for a scope when somebody listens, and for another one later', async () => {
    who = ['pertybot'];
    const running = await start('follow');
    await until(() => stateNow() === 'ok', 'follows come');
    twitch.channels.follow({ channel: 'streamer', as: { login: 'alice' } });
    await until(() => heard.includes('follow'), 'the follow is heard');
    listen('pollEnd');
    await until(() => twitch.eventSub.subscribed('channel.poll.end'), 'polls come');
    twitch.channels
      .poll({ channel: 'streamer', title: 'A?', choices: ['a', 'b'] })
      .end('completed');
    await until(() => heard.includes('pollEnd'), 'the poll is heard');
    expect(stateNow()).toBe('ok');
    expect(twitch.eventSub.sessions).toHaveLength(1);
    expect(running.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('asks for consent once where the bot is the broadcaster, though nobody has said so', async () => {
    who = ['streamer'];
    const running = await start('follow', 'pollEnd');
    await until(() => stateNow() === 'ok', 'follows come');
    twitch.channels.follow({ channel: 'streamer', as: { login: 'alice' } });
    await until(() => heard.includes('follow'), 'the follow is heard');
    expect(opened).toBe(1);
    expect(consents()).toHaveLength(1);
    expect(running.log.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  it('asks each of two accounts for consent once', async () => {
    who = ['pertybot', 'streamer'];
    await start('follow', 'pollEnd');
    await until(() => stateNow() === 'ok', 'follows come');
    expect(opened).toBe(2);
    expect(consents()).toHaveLength(2);
    expect(who).toEqual([]);
  });

  it('asks nobody but the bot where only chat is listened to', async () => {
    who = ['pertybot'];
    await start('message', 'cheer', 'raid');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(authorizations().length).toBeGreaterThan(0);
    expect(who).toEqual([]);
    expect(stateNow()).toBe('idle');
    expect(twitch.eventSub.sessions).toHaveLength(0);
    expect(twitch.helix.calls).toEqual([]);
  });

  it('needs one account where the bot is the broadcaster, and leaves redemptions to EventSub', async () => {
    who = [];
    const running = await start('redeem');
    await until(() => stateNow() === 'ok', 'redemptions come');
    twitch.channels.addReward({ channel: 'streamer', title: 'Say', cost: 1, inputRequired: true });
    twitch.channels.redeem({
      channel: 'streamer',
      as: { login: 'alice' },
      reward: 'Say',
      text: 'hi there',
    });
    await until(() => heard.includes('redeem'), 'it is heard');
    // Its line of chat has come as well by the time of the next one.
    twitch.chat.say({ channel: 'streamer', as: { login: 'alice' }, text: 'marker' });
    await until(
      () =>
        running.events.some(
          ({ type, data }) =>
            type === 'message' && 'text' in Object(data) && Object(data).text === 'marker',
        ),
      'chat is heard',
    );
    expect(heard).toEqual(['redeem']);
  });

  it('goes on without the broadcaster while he does not log in', async () => {
    who = ['pertybot', 'pertybot', 'pertybot', 'pertybot'];
    const running = await start('follow', 'streamOnline');
    await until(() => twitch.eventSub.subscribed('stream.online'), 'the stream comes');
    twitch.channels.goLive({ channel: 'streamer' });
    await until(() => heard.includes('streamOnline'), 'the stream is heard');
    expect(stateNow()).toBe('degraded');
    expect(running.find(EventSubHealth)?.subscriptions).toContainEqual(
      expect.objectContaining({ event: 'follow', problem: '"streamer" is not logged in.' }),
    );
  });
});
