import { afterEach, describe, expect, test } from '@jest/globals';
import { type ChatRig, startRig } from './chat-rig.js';

let rig: ChatRig;
afterEach(() => rig.stop());

/** Waits until the bot sits in its channel, and counts the logins so far. */
async function sitsIn(channel = 'streamer'): Promise<void> {
  await rig.until(() => rig.chat.channels.includes(channel), `the bot sits in ${channel}`);
}

/** Says a line and waits until the bot has handled it. */
async function echo(text: string): Promise<void> {
  const before = rig.echoed.length;
  rig.twitch.chat.say({ channel: 'streamer', as: { login: 'alice' }, text: `!echo ${text}` });
  await rig.until(() => rig.echoed.length > before, `"${text}" was handled`);
}

test('sits in chat, hears a line and answers it', async () => {
  rig = await startRig();
  expect(rig.state).toBe('running');
  expect(rig.chat.channels).toEqual(['streamer']);
  expect(rig.events('connected')).toHaveLength(1);
  expect(rig.events('join')).toEqual([{ channel: 'streamer' }]);
  await echo('hello');
  const [message] = rig.events('message');
  const sent = rig.twitch.chat.waitFor('message');
  if (message) expect(await rig.chat.reply(message, 'hi')).toEqual({ status: 'written' });
  expect(await sent).toMatchObject({ text: 'hi', replyTo: message?.id, channel: 'streamer' });
});

test('tells each second when Twitch was heard last, also once it is not connected', async () => {
  rig = await startRig();
  await sitsIn();
  const lives = () => rig.events('chatLife').map(({ lastHeard }) => lastHeard);
  const heardAt = rig.bot.clock.now();
  await rig.bot.clock.advance('5s');
  expect(lives().slice(-5)).toEqual(Array.from({ length: 5 }, () => heardAt));
  await echo('hello');
  const again = rig.bot.clock.now();
  expect(again).toBeGreaterThan(heardAt);
  rig.twitch.chat.faults.drop();
  await rig.until(() => rig.events('disconnected').length > 0, 'the connection is lost');
  await rig.bot.clock.advance('1s');
  expect(lives().at(-1)).toBe(again);
});

test('leaves chat when it stops', async () => {
  rig = await startRig();
  const gone = rig.twitch.chat.waitFor('disconnect');
  await rig.bot.stop();
  await gone;
  expect(rig.events('disconnected')).toEqual([{ reason: 'the bot stops' }]);
  await rig.until(() => rig.bot.clock.pending === 0, 'no timer is left');
});

test('stops though a token comes at that moment', async () => {
  rig = await startRig({ start: false, loggedOut: true });
  const started = rig.bot.start();
  await rig.bot.clock.advance('2s');
  rig.tokens.set(rig.token());
  await rig.bot.stop();
  await started;
  expect(rig.bot.state).toBe('stopped');
  expect(rig.events('connected')).toEqual([]);
  expect(rig.twitch.chat.sessions).toEqual([]);
});

test('never writes the token into the log or an event', async () => {
  rig = await startRig({
    start: false,
    prepare: ({ chat }) => chat.faults.refuseLogins('Login authentication failed'),
  });
  const { token } = await rig.tokens.get();
  rig.tokens.next = rig.token();
  await rig.start();
  await sitsIn();
  const all = JSON.stringify([rig.bot.log, rig.bot.events, rig.seen]);
  expect(all).not.toContain(token);
  expect(all).not.toContain(rig.tokens.next.token);
});

describe('a refused login', () => {
  const refusals = () => rig.bot.log.filter(({ fields }) => fields.code === 'CHAT_LOGIN_REJECTED');
  const words = [
    'Login authentication failed',
    'Login unsuccessful',
    'Improperly formatted auth',
    'Improperly formatted AUTH',
    'Error logging in',
    'Invalid NICK',
    'Whatever Twitch may say to one whom it does not let in',
  ];

  test.each(words)('asks for one other token after "%s"', async (notice) => {
    rig = await startRig({ start: false, prepare: ({ chat }) => chat.faults.refuseLogins(notice) });
    const first = await rig.tokens.get();
    rig.tokens.next = rig.token();
    await rig.start();
    await sitsIn();
    expect(rig.tokens.invalidated).toEqual([first.token]);
    expect(rig.state).toBe('running');
  });

  test('is seen though the server does not close the socket', async () => {
    rig = await startRig({
      start: false,
      prepare: ({ chat }) => {
        chat.faults.closesAfterRefusal = false;
        chat.faults.refuseLogins('Login authentication failed');
      },
    });
    rig.tokens.next = rig.token();
    await rig.start();
    await sitsIn();
    expect(rig.twitch.chat.sessions).toHaveLength(1);
  });

  test('is tried again after pauses, though it goes on for half an hour', async () => {
    rig = await startRig({
      start: false,
      prepare: ({ chat }) => chat.faults.refuseLogins('Login authentication failed', 10_000),
    });
    rig.tokens.next = rig.token();
    void rig.bot.start();
    await rig.until(() => refusals().length === 2, 'two logins were refused at once');
    for (let minute = 0; minute < 30; minute++) {
      const before = refusals().length;
      await rig.bot.clock.advance('60s');
      await rig.until(() => refusals().length > before, 'it tried again');
    }
    expect(refusals().length).toBeLessThan(64);
    expect(rig.state).toBe('waiting (login refused by chat)');
    const warnings = refusals().filter(({ level }) => level === 'warn');
    expect(warnings.map(({ fields }) => fields.retryInSeconds)).toEqual([
      undefined,
      expect.any(Number),
    ]);
    expect(warnings[1]?.fields.hint).toContain('tries again by itself');
    expect(warnings[1]?.fields.hint).toContain('pertybot login');
  });

  test('is over as soon as Twitch takes one', async () => {
    rig = await startRig({
      start: false,
      prepare: ({ chat }) => chat.faults.refuseLogins('Login authentication failed', 4),
    });
    rig.tokens.next = rig.token();
    void rig.bot.start();
    await rig.until(() => {
      void rig.bot.clock.advance('1s');
      return rig.state === 'running' && rig.chat.channels.length === 1;
    }, 'the bot sits in its channel');
    expect(refusals()).toHaveLength(4);
    expect(rig.state).toBe('running');
  });

  test('ends a session whose token Twitch refuses later on', async () => {
    rig = await startRig();
    rig.tokens.next = rig.token();
    rig.twitch.chat.raw(':tmi.twitch.tv NOTICE * :Login authentication failed');
    await rig.until(() => rig.events('connected').length === 2, 'it connected again');
    await sitsIn();
    expect(rig.tokens.invalidated).toHaveLength(1);
    await echo('again');
  });

  test('of a token that Twitch takes at first is no loop either', async () => {
    rig = await startRig({ start: false });
    let logins = 0;
    rig.twitch.chat.on('login', ({ session }) => {
      logins++;
      setImmediate(() => session.frame(':tmi.twitch.tv NOTICE * :Login unsuccessful\r\n'));
    });
    rig.tokens.next = rig.token();
    void rig.bot.start();
    await rig.until(() => rig.events('disconnected').length === 2, 'it was refused twice');
    for (let minute = 0; minute < 10; minute++) {
      const ends = rig.events('disconnected').length;
      await rig.bot.clock.advance('60s');
      await rig.until(() => rig.events('disconnected').length > ends, 'it tried again');
    }
    expect(logins).toBeLessThan(24);
  });

  test('twice within a minute does not keep the bot out', async () => {
    rig = await startRig();
    for (let death = 1; death <= 2; death++) {
      rig.tokens.next = rig.token();
      rig.twitch.chat.raw(':tmi.twitch.tv NOTICE * :Login authentication failed');
      await rig.until(() => rig.events('disconnected').length === death, 'it noticed');
      await rig.bot.clock.advance('2s');
      await sitsIn();
    }
    expect(rig.state).toBe('running');
  });

  test('long after the last one asks for another token again', async () => {
    rig = await startRig();
    for (let refusals = 1; refusals <= 3; refusals++) {
      rig.tokens.next = rig.token();
      rig.twitch.chat.raw(':tmi.twitch.tv NOTICE * :Login authentication failed');
      await rig.until(() => rig.events('connected').length > refusals, 'it connected again');
      await sitsIn();
      await rig.bot.clock.advance('1m');
      await rig.settled();
    }
    expect(rig.tokens.invalidated).toHaveLength(3);
  });
});

describe('a token', () => {
  test('that is not there keeps the plugin waiting for a login', async () => {
    rig = await startRig({ start: false, loggedOut: true });
    const started = rig.bot.start();
    await rig.bot.clock.advance('1h');
    await started;
    expect(rig.state).toBe('waiting (login)');
    rig.tokens.set(rig.token());
    await rig.until(() => rig.state === 'running', 'the plugin runs');
    expect(rig.chat.channels).toEqual(['streamer']);
  });

  test('that dies ends the chat session; another one brings the bot back', async () => {
    rig = await startRig();
    const gone = rig.twitch.chat.waitFor('disconnect');
    rig.tokens.set(undefined);
    await gone;
    await rig.bot.clock.advance('2s');
    expect(rig.state).toBe('waiting (login)');
    expect(rig.health.state).toBe('down');
    rig.tokens.set(rig.token());
    await sitsIn();
    expect(rig.state).toBe('running');
  });

  test('that is merely refreshed does not disturb the session', async () => {
    rig = await startRig();
    rig.tokens.set(rig.token());
    await echo('still here');
    expect(rig.events('connected')).toHaveLength(1);
  });

  test('of another account makes the bot come back as that one', async () => {
    rig = await startRig({
      simulator: { accounts: [{ login: 'pertybot' }, { login: 'otherbot' }] },
    });
    rig.tokens.set(rig.token('otherbot'));
    await rig.until(() => rig.twitch.chat.joined('streamer', 'otherbot'), 'the other one joined');
    expect(rig.twitch.chat.joined('streamer', 'pertybot')).toBe(false);
  });
});

describe('a connection that breaks', () => {
  test.each(['close', 'terminate'] as const)('by %s is made anew', async (how) => {
    rig = await startRig({ config: { channels: ['streamer', 'friend'] } });
    rig.twitch.chat.faults.drop(how);
    await rig.until(() => rig.events('disconnected').length === 1, 'it noticed');
    expect(rig.health.state).toBe('down');
    await rig.bot.clock.advance('2s');
    await sitsIn('streamer');
    await sitsIn('friend');
    await echo('once');
    expect(rig.echoed).toEqual(['once']);
    expect(rig.bot.log.map(({ fields }) => fields.code)).toContain('CHAT_CONNECTION_LOST');
  });

  test('pauses shortly each time, once it has joined a channel', async () => {
    rig = await startRig();
    for (let drops = 1; drops <= 8; drops++) {
      if (drops % 2 === 0) rig.twitch.chat.faults.reconnect();
      else rig.twitch.chat.faults.drop();
      await rig.until(() => rig.events('disconnected').length === drops, 'it noticed');
      await rig.bot.clock.advance('2s');
      await sitsIn();
    }
  });

  test('pauses longer each time while it joins none', async () => {
    rig = await startRig();
    rig.twitch.chat.refuseJoins('streamer', 'silent');
    const connects: number[] = [];
    rig.twitch.chat.on('connect', () => connects.push(rig.bot.clock.now()));
    for (let drops = 1; drops <= 4; drops++) {
      rig.twitch.chat.faults.drop();
      await rig.until(() => rig.events('disconnected').length === drops, 'it noticed');
      const before = rig.bot.clock.now();
      await rig.bot.clock.advance(1_000 * 2 ** (drops - 1) - 1);
      expect(connects).toHaveLength(drops - 1);
      await rig.bot.clock.advance(1_000 * 2 ** (drops - 1) + 1);
      await rig.until(() => rig.events('connected').length === drops + 1, 'it connected');
      expect((connects[drops - 1] ?? 0) - before).toBeLessThanOrEqual(2_000 * 2 ** (drops - 1));
    }
  });

  test('by RECONNECT is made anew though the old one closes late', async () => {
    rig = await startRig();
    rig.twitch.chat.faults.reconnect({ lateClose: 300 });
    await rig.until(() => rig.events('disconnected').length === 1, 'it noticed');
    await rig.bot.clock.advance('2s');
    await sitsIn();
    await echo('one');
    // The old socket has closed by the time that it reads again.
    await rig.until(() => rig.twitch.chat.sessions.length === 1, 'the old one is gone');
    await echo('two');
    expect(rig.echoed).toEqual(['one', 'two']);
    expect((await rig.chat.say('hello')).status).toBe('written');
    expect(rig.events('connected')).toHaveLength(2);
  });

  test('by RECONNECT is made anew once only, not by tmi.js, too', async () => {
    rig = await startRig();
    rig.twitch.chat.faults.reconnect();
    await rig.until(() => rig.events('disconnected').length === 1, 'it noticed');
    await rig.bot.clock.advance('2s');
    await sitsIn();
    // The time after which tmi.js would connect by itself.
    await new Promise((resolve) => setTimeout(resolve, 1_700));
    expect(rig.twitch.chat.sessions).toHaveLength(1);
    await echo('once');
    expect(rig.echoed).toEqual(['once']);
  });

  test.each(['silence', 'freeze'] as const)('by %s is found dead within 26 s', async (fault) => {
    rig = await startRig();
    rig.twitch.chat.faults[fault]();
    await rig.bot.clock.advance('24s');
    expect(rig.events('disconnected')).toHaveLength(0);
    await rig.bot.clock.advance('2s');
    expect(rig.events('disconnected')).toHaveLength(1);
    await rig.bot.clock.advance('2s');
    await sitsIn();
    await echo('back');
    expect(rig.bot.log.map(({ fields }) => fields.code)).toContain('CHAT_SILENT');
  });

  test('that answers every PING lives on', async () => {
    rig = await startRig();
    for (let turn = 0; turn < 5; turn++) {
      const asked = rig.twitch.chat.waitFor('ping');
      await rig.bot.clock.advance('11s');
      await asked;
      await rig.settled();
    }
    expect(rig.events('disconnected')).toHaveLength(0);
  });
});

describe('a server that cannot be reached', () => {
  test('is given up after 15 s when it accepts and says nothing', async () => {
    rig = await startRig({
      start: false,
      prepare: ({ chat }) => chat.faults.refuseUpgrades('stall'),
    });
    const started = rig.bot.start();
    await rig.bot.clock.advance('14s');
    expect(rig.bot.log).toEqual([]);
    await rig.bot.clock.advance('1s');
    await rig.until(() => rig.bot.log.length > 0, 'it is reported');
    expect(rig.bot.log[0]?.fields.code).toBe('CHAT_CONNECT_TIMEOUT');
    await rig.bot.clock.advance('2s');
    await started;
    await rig.until(() => rig.state === 'running', 'the plugin runs');
    await sitsIn();
  });

  test.each([
    ['drop', 'network'],
    [{ status: 503 }, 'the server that fails'],
  ] as const)('is tried again after %j', async (fault, cure) => {
    rig = await startRig({
      start: false,
      prepare: ({ chat }) => chat.faults.refuseUpgrades(fault),
    });
    const started = rig.bot.start();
    await rig.until(() => rig.bot.log.length > 0, 'it is reported');
    expect(rig.bot.log[0]?.fields.code).toBe('CHAT_UNREACHABLE');
    expect(rig.bot.log[0]?.fields.hint).toContain(cure);
    await rig.bot.clock.advance('2s');
    await started;
    await rig.until(() => rig.state === 'running', 'the plugin runs');
    await sitsIn();
  });

  test('by its name leaves the bot ready without chat, and is told once', async () => {
    rig = await startRig({
      start: false,
      config: { server: 'chat.invalid', port: 443, secure: true },
    });
    const started = rig.bot.start();
    await rig.until(() => rig.bot.log.length > 0, 'it is reported');
    expect(rig.bot.log[0]?.message).toContain('chat.invalid');
    for (let second = 0; second < 16; second++) await rig.bot.clock.advance('1s');
    await started;
    await rig.until(() => rig.state === 'running', 'the plugin runs');
    expect(rig.bot.log.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(rig.health.state).toBe('down');
  });
});
