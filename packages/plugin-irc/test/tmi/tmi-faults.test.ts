import { afterEach, describe, expect, test } from '@jest/globals';
import { type ChatRig, type RigOptions, startRig } from '../chat-rig.js';

let rig: ChatRig;
afterEach(() => rig.stop());

/** What tmi.js does to a bot that leaves its connection to it; none of it happens to ours. */
describe('a connection of ours', () => {
  const start = async (options: RigOptions = {}) => {
    rig = await startRig(options);
  };
  const isBack = () => rig.until(() => rig.health.state === 'ok', 'the bot sits in its channel');
  /** Lets the connection end by `task`, and waits until there is another one. */
  const reconnect = async (task: () => void) => {
    const seen = rig.events('disconnected').length;
    task();
    await rig.until(() => rig.events('disconnected').length > seen, 'it noticed');
    await rig.bot.clock.advance('61s');
    await isBack();
  };
  const echo = async (text: string, id?: string) => {
    rig.twitch.chat.say({
      channel: 'streamer',
      as: { login: 'alice' },
      text: `!echo ${text}`,
      ...(id === undefined ? {} : { id }),
    });
    await rig.settled();
    await rig.bot.idle();
  };

  test('each login takes the token of the moment', async () => {
    await start();
    const first = await rig.tokens.get();
    rig.tokens.set(rig.token());
    rig.twitch.id.revoke(first.token);
    await reconnect(() => rig.twitch.chat.faults.drop());
    expect(rig.tokens.invalidated).toEqual([]);
  });

  test('a token that expires while the bot is in chat is refreshed at the next login', async () => {
    await start();
    const { token } = await rig.tokens.get();
    rig.tokens.next = rig.token();
    rig.twitch.id.expire(token);
    await reconnect(() => rig.twitch.chat.faults.drop());
    expect(rig.tokens.invalidated).toEqual([token]);
    await echo('refreshed');
    expect(rig.echoed).toEqual(['refreshed']);
  });

  test('a token that cannot be had opens no socket, and is asked for again', async () => {
    await start({ start: false });
    let connects = 0;
    rig.twitch.chat.on('connect', () => connects++);
    const get = rig.tokens.get.bind(rig.tokens);
    rig.tokens.get = () => {
      rig.tokens.get = get;
      return Promise.reject(new Error('no token today'));
    };
    const started = rig.bot.start();
    await rig.until(() => rig.bot.log.length > 0, 'it is reported');
    expect(rig.bot.log[0]?.fields.hint).toContain('tries again');
    expect(connects).toBe(0);
    await rig.bot.clock.advance('2s');
    await started;
    await isBack();
    expect(connects).toBe(1);
  });

  test('a login that was refused once does not keep later connections from coming back', async () => {
    await start({
      start: false,
      prepare: ({ chat }) => chat.faults.refuseLogins('Login authentication failed'),
    });
    rig.tokens.next = rig.token();
    await rig.start();
    await reconnect(() => rig.twitch.chat.faults.drop());
    await echo('back');
    expect(rig.echoed).toEqual(['back']);
  });

  test('a RECONNECT that is closed late leaves one connection, which hears and speaks', async () => {
    await start();
    await reconnect(() => rig.twitch.chat.faults.reconnect({ lateClose: 300 }));
    await rig.until(() => rig.twitch.chat.sessions.length === 1, 'the old one is gone');
    await echo('once');
    expect(rig.echoed).toEqual(['once']);
    expect(await rig.chat.say('hello')).toEqual({ status: 'written' });
    await rig.until(() => rig.twitch.chat.messages.length === 1, 'it arrived');
  });

  test('a refused connection is one failure, though tmi.js tells of it twice', async () => {
    await start({
      start: false,
      prepare: ({ chat }) => void chat.faults.refuseAllUpgrades('drop'),
    });
    const attempts = () =>
      rig.bot.log.filter(({ fields }) => fields.code === 'CHAT_UNREACHABLE').length;
    const started = rig.bot.start();
    for (const [count, longest] of [
      [1, '2s'],
      [2, '4s'],
      [3, '8s'],
    ] as const) {
      await rig.until(() => attempts() === count, `attempt ${count} failed`);
      await rig.bot.clock.advance(longest);
    }
    await rig.until(() => attempts() === 4, 'attempt 4 failed');
    rig.twitch.chat.faults.clear();
    await rig.bot.clock.advance('16s');
    await started;
    await isBack();
  });

  test('a JOIN that is answered late counts', async () => {
    await start({
      start: false,
      prepare: ({ chat }) => chat.refuseJoins('streamer', 'silent'),
    });
    const started = rig.bot.start();
    await rig.until(() => rig.events('connected').length === 1, 'it connected');
    await rig.bot.clock.advance('9s');
    await started;
    expect(rig.health.state).toBe('degraded');
    const settings = 'emote-only=0;followers-only=-1;r9k=0;room-id=7;slow=0;subs-only=0';
    rig.twitch.chat.raw(`@${settings} :tmi.twitch.tv ROOMSTATE #streamer`);
    await isBack();
  });

  test.each(['silence', 'freeze'] as const)(
    'a peer dead by %s is left within 75 s',
    async (fault) => {
      await start();
      rig.twitch.chat.faults[fault]();
      await rig.bot.clock.advance('75s');
      expect(rig.events('disconnected')).toHaveLength(1);
      await rig.bot.clock.advance('2s');
      await isBack();
    },
  );

  test('a server that falls silent during the login is given up after 15 s', async () => {
    await start({ start: false });
    const undo = rig.twitch.chat.on('connect', ({ session }) => session.silence());
    const started = rig.bot.start();
    await rig.twitch.chat.waitFor('connect');
    await rig.bot.clock.advance('15s');
    await rig.until(() => rig.bot.log.length > 0, 'it is reported');
    expect(rig.bot.log[0]?.fields.code).toBe('CHAT_CONNECT_TIMEOUT');
    undo();
    await rig.bot.clock.advance('2s');
    await started;
    await isBack();
  });

  test('a connection that did not outlive the sleep of the machine is left soon after', async () => {
    await start();
    rig.twitch.chat.faults.freeze();
    const { clock } = rig.bot;
    const date = clock.date.bind(clock);
    clock.date = () => new Date(date().getTime() + 3_600_000);
    await clock.advance('30s');
    expect(rig.events('disconnected')).toHaveLength(1);
    await clock.advance('2s');
    await isBack();
  });

  test('a line that comes again on the next connection is handled once', async () => {
    await start();
    const id = 'b1946ac9-2492-4d23-47fc-5f6a1b2c3d4e';
    await echo('once', id);
    await reconnect(() => rig.twitch.chat.faults.drop());
    await echo('once', id);
    expect(rig.echoed).toEqual(['once']);
    expect(rig.health.duplicateMessages).toBe(1);
  });

  test('a listener whose promise rejects stops nothing', async () => {
    await start();
    rig.bot.on('message', () => Promise.reject(new TypeError('from a plugin')));
    await echo('one');
    await echo('two');
    expect(rig.echoed).toEqual(['one', 'two']);
    expect(rig.events('fault').length).toBeGreaterThan(1);
    expect(rig.events('disconnected')).toEqual([]);
  });

  test('what is said leaves no timer of tmi.js behind', async () => {
    await start({ config: { limits: 'verified' } });
    rig.twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
    await rig.settled();
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    for (let number = 0; number < 20; number++) await rig.chat.say(`text ${number}`);
    expect(timers()).toBeLessThanOrEqual(before + 1);
    await rig.until(() => rig.twitch.chat.messages.length === 20, 'all arrived');
  });

  test('many reconnects leave no timer and no socket behind', async () => {
    await start();
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = { sockets: sockets(), timers: rig.bot.clock.pending };
    const faults = [
      () => rig.twitch.chat.faults.drop('terminate'),
      () => rig.twitch.chat.faults.drop('close'),
      () => rig.twitch.chat.faults.reconnect(),
      () => rig.twitch.chat.raw(':tmi.twitch.tv NOTICE * :Login unsuccessful'),
    ];
    for (let round = 0; round < 5; round++) {
      for (const fault of faults) {
        rig.tokens.next = rig.token();
        await reconnect(fault);
        await rig.settled();
        await rig.bot.clock.advance('61s');
      }
    }
    await rig.until(() => sockets() <= before.sockets, 'the old sockets are closed');
    expect(rig.bot.clock.pending).toBeLessThanOrEqual(before.timers);
    expect(rig.twitch.chat.sessions).toHaveLength(1);
  });
});
