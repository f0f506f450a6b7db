import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Chat } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import dashboard, { Pages } from '@pertybot/plugin-dashboard';
import { BotControl } from '../../src/control/bot-control.js';
import { OwnerDesk } from '../../src/page/owner-desk.js';

const noLog = { lines: [], onLine: () => () => {} };

let folder: string;
let desk: OwnerDesk;
let bot: TestBot;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'desk-'));
  desk = new OwnerDesk(folder, noLog);
  const folders = { bot: folder, state: folder };
  bot = await startTestBot([dashboard], { realClock: true, folders, control: desk, start: false });
});
afterEach(async () => {
  await bot.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 9 });
});

/** Starts the bot, and lets the requests go to it as those of `pertybot start` do. */
async function serve(): Promise<void> {
  const overhear = bot.on.bind(bot);
  // Of a bot, what is asked here is what a bot for tests has, too.
  const served = Object.assign(bot, { overhear, hosted: [] }) as unknown as Bot;
  desk.serve({ bot: served, requests: new BotControl(served, 'pertybot start') });
  await bot.start();
}

/** Lets somebody in by a link. @returns wishes for something in his name */
async function logIn(role: 'owner' | 'operator' | 'viewer') {
  const pages = bot.find(Pages);
  const link = pages?.link(role) ?? '';
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const origin = new URL(link).origin;
  const headers = { cookie, origin, 'content-type': 'application/json' };
  return async (what: string, body: object) => {
    const sent = await fetch(`${origin}/api/${what}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: sent.status, ...(await sent.json()) };
  };
}

describe('what the page asks of a bot that runs', () => {
  it('is said in chat as the bot, by whoever may drive it', async () => {
    await serve();
    const [operator, viewer] = [await logIn('operator'), await logIn('viewer')];
    expect(await operator('say', { text: 'Back in five minutes!' })).toEqual({
      status: 200,
      done: true,
      text: 'Said.',
    });
    expect(await viewer('say', { text: 'I may not' })).toMatchObject({ status: 403 });
    expect(bot.replies).toEqual(['Back in five minutes!']);
  });

  it('is no rehearsal: there are no other people to speak as', async () => {
    await serve();
    const owner = await logIn('owner');
    const refused = { done: false, text: 'Only pertybot dev simulates Twitch and the board.' };
    expect(await owner('line', { text: 'alice: hi' })).toMatchObject(refused);
    expect(await owner('press', { gadget: 'bell' })).toMatchObject(refused);
    expect(bot.replies).toEqual([]);
  });

  it('is told why it was not said', async () => {
    await serve();
    const chat = bot.find(Chat);
    if (chat) chat.say = async () => ({ status: 'dropped', reason: 'the channel is full' });
    expect(await desk.say('hi')).toEqual({ done: false, text: 'Not said: the channel is full.' });
  });

  it('restarts its plugins, and says in a sentence which there are', async () => {
    await serve();
    expect(await desk.restart('nothing')).toMatchObject({ done: false });
    expect((await desk.restart('nothing')).text).toContain('The bot has no plugin "nothing".');
    expect(await desk.restart('dashboard')).toMatchObject({ done: true });
  });

  it('stops everything and lets it go on, where nothing is driven, too', async () => {
    await serve();
    expect(await desk.stop('the page')).toEqual({ done: false, text: 'The bot drives no pins.' });
    expect(bot.emergencyStop.engaged?.by).toBe('the page');
    expect(await desk.release()).toMatchObject({ done: true });
    expect(bot.emergencyStop.engaged).toBeUndefined();
  });

  it('has to wait until the bot is loaded', async () => {
    expect(() => desk.say('too early')).toThrow('The bot is still being loaded.');
    await expect(desk.report()).rejects.toThrow('The bot is still being loaded.');
    expect(desk.rehearsal).toBeUndefined();
  });
});
