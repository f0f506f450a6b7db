import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventSubRig, follow } from '../event-sub-rig.js';
import { makeToken } from '../fake-tokens.js';
import { allScopes } from '../plugin-rig.js';

let rig: EventSubRig;

beforeEach(async () => {
  rig = await EventSubRig.start();
  await rig.live();
});

afterEach(() => rig.stop());

/** A follow that was heard. */
async function follows(count: number): Promise<void> {
  await rig.until(() => rig.events('follow').length === count, `${count} follows are heard`);
}

async function back(sessions = 2): Promise<void> {
  await rig.until(() => rig.twitch.sessions.length === sessions, 'it connects again');
  await rig.live();
}

describe('a connection', () => {
  it('that ends as it begins, since the plugin stops, is no failure', async () => {
    let asked = 0;
    rig.tokens.get = async () => {
      asked += 1;
      throw new DOMException('The plugin "eventsub" stops.', 'AbortError');
    };
    rig.twitch.open.socket.close(4000);
    await rig.until(() => asked > 0, 'it asks for a token');
    await rig.stop();
    expect(rig.log('error')).toEqual([]);
  });

  it('subscribes within five seconds of the welcome', async () => {
    const start = rig.bot.clock.now();
    rig.twitch.open.socket.close(4000);
    await rig.until(() => rig.twitch.sessions.length === 2, 'it connects again');
    const welcomed = rig.bot.clock.now();
    await rig.until(() => rig.twitch.subscriptions.length === 2, 'it subscribes');
    expect(rig.bot.clock.now() - welcomed).toBeLessThan(5_000);
    expect(start).toBeLessThan(welcomed);
  });

  it.each([
    [4000, 'Twitch had an internal error (4000)'],
    [4002, 'Twitch got no answer to its ping (4002)'],
    [4003, 'Twitch saw no subscription in time (4003)'],
    [4004, 'Twitch waited in vain for the move to another server (4004)'],
    [4005, 'Twitch had a network time-out (4005)'],
    [4006, 'Twitch had a network error (4006)'],
    [4007, 'Twitch does not take the address that it gave for the move (4007)'],
    [4999, 'Twitch closed the connection (4999)'],
    [1000, 'Twitch closed the connection'],
  ])('comes back after a close with %i, with all its subscriptions', async (code, text) => {
    rig.twitch.open.socket.close(code);
    await rig.until(() => rig.health.state === 'down', 'it is seen');
    expect(rig.log('warn')).toContain(`The connection to EventSub is lost: ${text}.`);
    expect(rig.health.subscriptions[0]?.problem).toContain(text);
    await back();
    rig.twitch.notify('channel.follow', follow);
    await follows(1);
  });

  it('comes back slowly after 4001, which would be our own fault, and says so', async () => {
    const before = rig.bot.clock.now();
    rig.twitch.open.socket.close(4001);
    await rig.until(() => rig.twitch.sessions.length === 2, 'it connects again', 500);
    expect(rig.bot.clock.now() - before).toBeGreaterThanOrEqual(60_000);
    expect(rig.log('error')).toHaveLength(1);
  });

  it('comes back after a cut, and says what the gap was', async () => {
    await rig.bot.clock.advance('5s');
    rig.twitch.open.socket.terminate();
    await back();
    expect(rig.health.lastGap).toMatchObject({ channels: ['alice'] });
    expect(rig.health.lastGap?.duration).toBeGreaterThanOrEqual(5_000);
    expect(
      rig.log('warn').some((line) => /^What happened on "alice" in \d+ s is lost/.test(line)),
    ).toBe(true);
  });

  it('tries again and again, later each time, and tells it once', async () => {
    rig.twitch.closesWith = 4000;
    rig.twitch.open.socket.close(4000);
    const start = rig.bot.clock.now();
    await rig.until(() => rig.twitch.sessions.length === 7, 'it has tried six times', 200);
    expect(rig.bot.clock.now() - start).toBeGreaterThan(15_000);
    rig.twitch.closesWith = undefined;
    await rig.live();
    expect(rig.log('warn').filter((line) => line.includes('4000'))).toHaveLength(1);
  });

  it('is given up when Twitch is silent for a fifth longer than it says', async () => {
    const start = rig.bot.clock.now();
    await rig.until(() => rig.health.state === 'down', 'the silence is heard');
    const silence = rig.bot.clock.now() - start;
    expect(silence).toBeGreaterThan(10_000);
    expect(silence).toBeLessThan(13_000);
    await rig.until(() => rig.twitch.sessions[0]?.closedWith === 1000, 'a close frame comes');
    await back();
  });

  it('lives on as long as anything is heard', async () => {
    for (let turn = 0; turn < 6; turn++) {
      await rig.bot.clock.advance('9s');
      rig.twitch.send('session_keepalive', {});
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(rig.twitch.sessions).toHaveLength(1);
    expect(rig.health.state).toBe('ok');
  });

  it('waits for no welcome for ever', async () => {
    rig.twitch.welcomes = false;
    rig.twitch.open.socket.close(4000);
    await rig.until(() => rig.twitch.sessions.length === 3, 'it has tried twice', 500);
    expect(rig.twitch.sessions[1]?.closedWith).toBe(1000);
  });

  it('sends nothing but a close frame, and that at the end', async () => {
    rig.twitch.notify('channel.follow', follow);
    await follows(1);
    await rig.bot.stop();
    const [session] = rig.twitch.sessions;
    await rig.until(() => session?.closedWith !== undefined, 'it is closed');
    expect(session).toMatchObject({ closedWith: 1000, received: 0 });
  });

  it('is left when another account has logged in', async () => {
    rig.tokens.set('alice', { ...makeToken('alice', 'other', allScopes), userId: 'other' });
    await rig.until(() => rig.twitch.sessions[0]?.closedWith === 1000, 'it is left');
    await back();
  });

  it('takes what it does not know, and what makes no sense, for a sign of life', async () => {
    rig.twitch.send('session_something_new', { anything: [1] });
    for (const text of [
      '',
      'null',
      '{}',
      '[]',
      '{"metadata":{}}',
      '{"metadata":{"message_type":"notification"}}',
    ]) {
      rig.twitch.open.socket.send(text);
    }
    rig.twitch.notify('channel.follow', { ...follow, new_field: { deep: true } });
    await follows(1);
    expect(rig.twitch.sessions).toHaveLength(1);
  });
});

describe('a message that comes twice', () => {
  it('counts once, also over an old connection and a new one', async () => {
    const [old] = rig.twitch.sessions;
    rig.twitch.notify('channel.follow', follow, { messageId: 'twin' });
    rig.twitch.notify('channel.follow', follow, { messageId: 'twin' });
    rig.twitch.welcomes = false;
    rig.twitch.reconnect();
    await rig.until(() => rig.twitch.sessions.length === 2, 'it moves');
    const [, next] = rig.twitch.sessions;
    if (!old || !next) throw new Error('unreachable');
    rig.twitch.welcome(next);
    rig.twitch.notify('channel.follow', follow, { messageId: 'twin', session: next });
    rig.twitch.notify('channel.follow', follow, { messageId: 'single', session: next });
    await follows(2);
    expect(rig.health.duplicateMessages).toBe(2);
  });
});

describe('a move to another server', () => {
  it('closes the old connection after the new welcome alone, and loses nothing', async () => {
    const [old] = rig.twitch.sessions;
    if (!old) throw new Error('unreachable');
    rig.twitch.welcomes = false;
    rig.twitch.reconnect();
    await rig.until(() => rig.twitch.sessions.length === 2, 'it moves');
    await rig.bot.clock.advance('2s');
    expect(old.closedWith).toBeUndefined();
    rig.twitch.notify('channel.follow', follow, { session: old });
    await follows(1);
    const [, next] = rig.twitch.sessions;
    if (!next) throw new Error('unreachable');
    expect(next.path).toMatch(/^\/ws\?challenge=abc&id=session-/);
    rig.twitch.welcome(next);
    await rig.until(() => old.closedWith === 1000, 'the old one is closed');
    rig.twitch.notify('channel.follow', follow, { session: next });
    await follows(2);
    expect(rig.twitch.asked).toHaveLength(1);
    expect(rig.health).toMatchObject({ state: 'ok', lastGap: undefined });
  });

  it('takes new subscriptions over the new connection', async () => {
    rig.twitch.reconnect();
    await rig.until(() => rig.twitch.sessions[0]?.closedWith === 1000, 'it has moved');
    rig.hear('pollEnd');
    await rig.until(() => rig.twitch.subscriptions.length === 2, 'polls are subscribed');
    const [, next] = rig.twitch.sessions;
    expect(rig.twitch.subscriptions[1]?.transport.session_id).toBe(next?.id);
  });

  it('begins anew at the main address when Twitch refuses the one that it gave', async () => {
    rig.twitch.closesWith = 4007;
    rig.twitch.reconnect();
    await rig.until(() => rig.twitch.sessions[1]?.closedWith !== undefined, 'it is refused');
    rig.twitch.closesWith = undefined;
    await back(3);
    expect(rig.twitch.open.path).toBe('/ws');
    expect(rig.twitch.asked).toHaveLength(2);
  });

  it.each([
    'wss://evil.example/ws',
    'wss://eventsub.wss.twitch.tv.evil.example/ws',
    'ws://eventsub.wss.twitch.tv/ws',
    'http://127.0.0.1/ws',
    'no address',
  ])('goes nowhere but to Twitch: not to "%s"', async (url) => {
    rig.twitch.reconnect(url);
    await back();
    expect(rig.twitch.open.path).toBe('/ws');
    expect(rig.log('warn').some((line) => line.includes('elsewhere than'))).toBe(true);
  });
});
