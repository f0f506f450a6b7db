import { afterEach, describe, expect, it, test } from '@jest/globals';
import { MessageAges, namesLogin } from '../../src/incoming/irc-chat-message.js';
import { type ChatRig, startRig } from '../chat-rig.js';

/** What Twitch's clock shows where ours is at 0: no two clocks agree. */
const twitchTime = 1_790_000_000_000;

describe('MessageAges', () => {
  it('counts from the fastest line, whatever the clocks show', () => {
    const ages = new MessageAges();
    expect(ages.of(twitchTime, 400)).toBe(0);
    expect(ages.of(twitchTime + 1_000, 1_400)).toBe(0);
    expect(ages.of(twitchTime + 2_000, 42_400)).toBeCloseTo(40_000, -1);
    expect(ages.of(twitchTime + 50_000, 50_100)).toBe(0);
    expect(ages.of(twitchTime + 60_000, 60_400)).toBeCloseTo(300, -1);
  });

  it('takes a clock that runs fast for weeks for no delay', () => {
    const ages = new MessageAges();
    const hour = 3_600_000;
    for (let hours = 0; hours < 24 * 30; hours++) {
      expect(ages.of(twitchTime + hours * hour, hours * hour * 1.000_05)).toBeLessThan(1);
    }
  });

  it.each([0, -1, Number.NaN])('knows nothing of a line that Twitch took at %s', (sentAt) => {
    const ages = new MessageAges();
    ages.of(twitchTime, 0);
    expect(ages.of(sentAt, 1_000_000)).toBeUndefined();
    expect(ages.of(twitchTime + 1_000, 1_000)).toBe(0);
  });
});

describe('a command that comes late', () => {
  let rig: ChatRig;
  afterEach(() => rig.stop());

  const alice = { login: 'alice', displayName: 'Alice' };
  let count = 0;

  /** Says `text`, which Twitch took at `sentAt`, and waits until the bot has heard it. */
  async function say(text: string, sentAt: number): Promise<void> {
    count += 1;
    const tags = { 'tmi-sent-ts': String(twitchTime + sentAt) };
    const { id } = rig.twitch.chat.say({ channel: 'streamer', as: alice, text, tags });
    await rig.until(() => rig.events('message').some((each) => each.id === id), `line ${count}`);
    await rig.bot.idle();
  }

  const reasons = () => rig.bot.refusals.map(({ reason }) => reason);

  test('is not done', async () => {
    rig = await startRig();
    await say('!echo one', 0);
    await rig.bot.clock.advance('40s');
    await say('!echo two', 39_000);
    await say('!echo three', 9_000);
    expect([rig.echoed, reasons()]).toEqual([['one', 'two'], ['late']]);
  });

  test('is measured anew on each connection', async () => {
    rig = await startRig();
    await say('!echo one', 0);
    rig.twitch.chat.faults.drop();
    await rig.until(() => rig.events('disconnected').length > 0, 'it was disconnected');
    await rig.bot.clock.advance('2m');
    await rig.until(() => rig.events('connected').length > 1, 'it connected again');
    await rig.until(() => rig.events('join').length > 1, 'it joined again');
    // The clock of this server is two minutes behind that of the other one.
    await say('!echo two', 0);
    expect([rig.echoed, reasons()]).toEqual([['one', 'two'], []]);
  });
});

test.each([
  ['@PertyBot hi', true],
  ['hi pertybot', true],
  ['hi, pertybot!', true],
  ['pertybotty pertybot', true],
  ['my_pertybot', false],
  ['pertybot2', false],
  ['nobody', false],
])('%j: %s', (text, named) => {
  expect(namesLogin(text, 'pertybot')).toBe(named);
});

test('names nobody before the bot has a login', () => {
  expect(namesLogin('anything', '')).toBe(false);
});
