import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fed } from '../../../src/shared/feed.js';
import { Drawn, endDrawn, reportOf, Wishes } from '../drawn.js';
import { somebody, Told } from '../told.js';

let wishes: Wishes;
beforeEach(() => {
  wishes = new Wishes();
});
afterEach(endDrawn);

const draw = (feed: readonly Fed[] = [], options: object = {}) =>
  Drawn.of('chat/chat-view', 'ChatView', { state: { feed }, ...options });

/** Lines without their time of day. */
const linesOf = (drawn: Drawn) =>
  drawn.find('.line').map((each) => each.textContent.replace(/^\d\d:\d\d:\d\d /, ''));

describe('chat', () => {
  it('says so where nobody has said anything', async () => {
    expect((await draw()).text).toContain('Nobody has said anything yet.');
  });

  it('is what was written, what happened and what the bot said', async () => {
    const { feed } = new Told()
      .say(1, 'alice', 'hi')
      .add(2, 'reply', { channel: 'c', text: 'hello' })
      .add(3, 'reply', { channel: 'c', text: 'never heard', dropped: 'too many' })
      .refuse(4, 'bob', 'role', 'm')
      .happen(5, 'raid', { viewers: 50 }, 'dora')
      .happen(6, 'streamOnline', {})
      .add(7, 'reaction', { event: 'raid', plugin: 'gpio', did: 'lamp blink 2' })
      .add(8, 'reaction', { event: 'raid', plugin: 'gpio', text: 'no lamp' })
      .add(9, 'estop', { engaged: true, by: 'bob' })
      .add(10, 'estop', { engaged: false });
    expect(linesOf(await draw(feed))).toEqual([
      'alice: hi',
      'bot: hello',
      'bot: never heard not said: too many',
      'lamp by bob did not run: role',
      'dora raids with 50 viewers',
      ' The stream is live',
      'raid sets off lamp blink 2',
      'raid set nothing off: no lamp',
      'Everything was stopped by bob',
      'The stop was released',
    ]);
  });

  it('looks as it does on Twitch: badges, colours, bits, /me and what is answered', async () => {
    const user = { ...somebody('alice'), name: 'Älice', color: '#1e90ff', badges: { vip: '1' } };
    const line = { id: 'm', channel: 'c', user, text: 'waves', action: true, bits: 100 };
    const replyTo = { name: 'Bob', text: 'are you there?' };
    const drawn = await draw(new Told().add(1, 'message', { ...line, replyTo }).feed);
    expect(linesOf(drawn)).toEqual([
      '↩ replying to Bob: are you there?◆Älice (alice) 100 bits waves',
    ]);
    expect(drawn.the('.badge-vip').attributes.get('aria-label')).toBe('VIP');
    expect(drawn.the('.who-name').style['--who']).toBe('#1e90ff');
    expect(drawn.the('.line-action').style['--who']).toBe('#1e90ff');
    expect(drawn.find('.line-bits')).toHaveLength(1);
  });

  it('frames emotes, and nothing of what stands beside them', async () => {
    const line = { id: 'm', channel: 'c', user: somebody('bob'), action: false, bits: 0 };
    const emotes = [
      [0, 5],
      [9, 12],
    ] as const;
    const told = new Told().add(1, 'message', { ...line, text: 'Kappa hi LUL', emotes });
    const drawn = await draw(told.add(2, 'message', { ...line, text: 'x', forReward: true }).feed);
    expect(drawn.texts('.emote')).toEqual(['Kappa', 'LUL']);
    expect(linesOf(drawn)).toEqual(['bob: Kappa hi LUL', 'bob: with a reward x']);
  });

  it('shows above a reply of the bot what it answers, as far as that is known', async () => {
    const { feed } = new Told()
      .say(1, 'alice', '!lamp on', 'm')
      .add(2, 'reply', { channel: 'c', text: 'It is on.', replyTo: 'm' })
      .add(3, 'reply', { channel: 'c', text: 'Long ago.', replyTo: 'forgotten' });
    expect(linesOf(await draw(feed))).toEqual([
      'alice: !lamp on',
      '↩ replying to alice: !lamp onbot: It is on.',
      'bot: Long ago.',
    ]);
  });

  it('says beside a redemption what became of it, also when that is told later', async () => {
    const told = new Told().happen(1, 'redeem', { title: 'Lamp', redemptionId: 'r' }, 'alice');
    const drawn = await draw(told.feed);
    expect(drawn.find('.settled')).toHaveLength(0);
    const redemption = { id: 'r', reward: 'lamp', title: 'Lamp', cost: 5 };
    const user = somebody('alice');
    const refusal = { reason: 'estop', command: 'lamp', user, messageId: '', redemption };
    await drawn.tell({ feed: [...told.add(2, 'refusal', refusal).feed] });
    expect(drawn.texts('.settled-back')).toEqual(['refunded: estop']);
  });

  it('is text, whatever it looks like', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const drawn = await draw(
      new Told()
        .say(1, evil, evil)
        .happen(2, 'redeem', { title: evil, text: evil }, evil)
        .refuse(3, evil, evil, 'm', evil).feed,
    );
    expect(drawn.find('img')).toHaveLength(0);
    expect(drawn.text.split(evil).length).toBeGreaterThan(6);
  });

  it('has 200 rows at most, the newest ones', async () => {
    const told = new Told();
    for (let count = 0; count < 1_000; count++) told.say(count, 'bob', `${count}`);
    const lines = linesOf(await draw(told.feed));
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([200, 'bob: 800', 'bob: 999']);
  });

  it('stands still for who reads above, until he wants the newest', async () => {
    const drawn = await draw(new Told().say(1, 'bob', 'hi').feed);
    const list = drawn.the('.chat');
    const at = { scrollHeight: 900, clientHeight: 300 };
    await drawn.fire(Object.assign(list, { ...at, scrollTop: 100 }), 'scroll');
    await drawn.tell({ feed: new Told().say(1, 'bob', 'hi').say(2, 'bob', 'more').feed });
    expect(Reflect.get(list, 'scrollTop')).toBe(100);
    await drawn.press('To the newest');
    expect(Reflect.get(list, 'scrollTop')).toBe(900);
    await drawn.fire(Object.assign(list, { ...at, scrollTop: 590 }), 'scroll');
    expect(drawn.texts('.chat-newest')).toEqual([]);
  });
});

describe('the line below chat', () => {
  it('is not there for a viewer', async () => {
    expect((await draw([], { me: { role: 'viewer' } })).find('form')).toHaveLength(0);
  });

  it('says something as the bot, and keeps what was not said', async () => {
    const drawn = await draw();
    wishes.answers.set('say', { done: false, text: 'Not said: too many.' });
    await drawn.type(drawn.the('input'), 'Hello all!');
    await drawn.fire(drawn.the('form'), 'submit');
    expect(wishes.asked).toEqual(['say {"text":"Hello all!"}']);
    expect(drawn.texts('.said-no')).toEqual(['Not said: too many.']);
    wishes.answers.set('say', { done: true, text: 'Said.' });
    await drawn.fire(drawn.the('form'), 'submit');
    expect(drawn.texts('.said')).toEqual(['Said.']);
    await drawn.fire(drawn.the('form'), 'submit');
    expect(wishes.asked.at(-1)).toBe('say {"text":""}');
  });

  it('speaks as anybody with any role in a rehearsal', async () => {
    const drawn = await draw([], { me: { rehearsal: ['alice cheers 100'] } });
    const [text, name] = drawn.find('input');
    if (!text || !name) throw new Error('There are no fields.');
    await drawn.type(text, '!lamp on');
    await drawn.type(name, '@Bob');
    await drawn.type(drawn.the('select'), 'mod');
    await drawn.fire(drawn.the('form'), 'submit');
    expect(wishes.asked).toEqual(['line {"text":"bob[mod]: !lamp on"}']);
  });

  it('lets happen what the simulated Twitch can make, with the rewards of this bot', async () => {
    const rehearsal = ['alice cheers 100', 'alice redeems REWARD', 'streamer goes live'];
    const report = reportOf({ rewards: [{ title: 'Lamp', state: 'there' }] });
    const drawn = await draw([], { me: { rehearsal } });
    expect(drawn.text).toContain('The bot has no rewards');
    await drawn.tell({ report });
    expect(drawn.text).not.toContain('The bot has no rewards');
    await drawn.press('alice redeems Lamp');
    expect(wishes.asked).toEqual(['line {"text":"alice redeems Lamp"}']);
  });
});
