import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Drawn, endDrawn, reportOf, Wishes } from '../drawn.js';

let wishes: Wishes;
let opened: string[];
let focus: Set<() => void>;
beforeEach(() => {
  wishes = new Wishes();
  opened = [];
  focus = new Set();
  Object.assign(globalThis, {
    location: { search: '' },
    history: { replaceState: () => {} },
    open: (address: string) => opened.push(address),
    addEventListener: (_: string, listener: () => void) => focus.add(listener),
    removeEventListener: (_: string, listener: () => void) => focus.delete(listener),
  });
});
afterEach(endDrawn);

describe('the way in', () => {
  const draw = async () => {
    let logins = 0;
    const onLogin = () => {
      logins += 1;
    };
    const drawn = await Drawn.of('login/login-view', 'LoginView', { props: { onLogin } });
    return { drawn, logins: () => logins };
  };

  it('is a password, which is forgotten at once, right or wrong', async () => {
    const { drawn, logins } = await draw();
    wishes.answers.set('login', { done: false, text: 'That is not the password.' });
    const input = drawn.the('input');
    await drawn.type(input, 'wrong');
    await drawn.fire(drawn.the('form'), 'submit');
    expect(wishes.asked).toEqual(['login {"password":"wrong"}']);
    expect([drawn.texts('.said-no'), logins()]).toEqual([['That is not the password.'], 0]);
    wishes.answers.set('login', { done: true, text: 'You are viewer.' });
    await drawn.type(input, 'right');
    await drawn.fire(drawn.the('form'), 'submit');
    expect(logins()).toBe(1);
    await drawn.fire(drawn.the('form'), 'submit');
    expect(wishes.asked.at(-1)).toBe('login {"password":""}');
  });

  it('says of a link that it is spent, and never shows a password', async () => {
    Object.assign(globalThis, { location: { search: '?link=spent' } });
    const { drawn } = await draw();
    expect(drawn.texts('.said-no')[0]).toContain('That link is spent');
    expect(
      drawn.the('input').attributes.get('type') ?? Reflect.get(drawn.the('input'), 'type'),
    ).toBe('password');
    expect(drawn.text).toContain('pertybot page');
  });
});

describe('the logins of the bot', () => {
  const bot = { account: 'bot', well: true, lines: ['pertybot is logged in.'] };
  const channel = { account: 'broadcaster', channel: 'streamer', well: false, lines: ['Log in.'] };
  const draw = async (options: object = {}) => {
    const drawn = await Drawn.of('logins/logins-view', 'LoginsView', options);
    await drawn.settle();
    return drawn;
  };

  it('are shown with what is to be done', async () => {
    wishes.answers.set('logins', { logins: [bot, channel] });
    const drawn = await draw();
    expect(drawn.texts('h3')).toEqual([
      'the bot logged in',
      'the broadcaster streamer needs a look',
    ]);
    expect(drawn.find('.plugin-waiting')).toHaveLength(1);
  });

  it('are none of a bot that needs none, and unknown where it does not answer', async () => {
    wishes.answers.set('logins', { logins: [] });
    expect((await draw()).text).toContain('This bot needs none.');
    wishes.answers.set('logins', new Error('no network'));
    expect((await draw()).text).not.toContain('This bot needs none.');
  });

  it('are looked at anew on a wish, when a plugin goes on, and when one comes back', async () => {
    wishes.answers.set('logins', { logins: [bot] });
    const drawn = await draw();
    const looks = () => wishes.asked.filter((each) => each === 'logins').length;
    expect(looks()).toBe(1);
    await drawn.press('Look again');
    expect(looks()).toBe(2);
    const irc = { id: 'irc', use: 'irc', about: '', state: 'running', commands: [] };
    await drawn.tell({ report: reportOf({ plugins: [irc] }) });
    expect(looks()).toBe(3);
    for (const each of focus) each();
    await drawn.settle();
    expect(looks()).toBe(4);
    await endDrawn();
    expect(focus.size).toBe(0);
  });

  it('lead to the login page, in another tab', async () => {
    wishes.answers.set('logins', { logins: [channel] });
    const drawn = await draw();
    const address = 'http://localhost:3000/login';
    wishes.answers.set('logins', { done: true, text: 'Go on there.', address });
    await drawn.press('Log in the broadcaster streamer');
    expect(wishes.asked.at(-1)).toBe('logins {"account":"broadcaster","channel":"streamer"}');
    expect(opened).toEqual([address]);
    expect(drawn.the('a').attributes.get('rel')).toBe('noopener noreferrer');
  });

  it('open nothing where there is no address', async () => {
    wishes.answers.set('logins', { logins: [bot] });
    const drawn = await draw();
    wishes.answers.set('logins', { done: false, text: 'This bot has no such thing.' });
    await drawn.press('Log in the bot');
    expect(opened).toEqual([]);
    expect(drawn.texts('.said-no')).toEqual(['This bot has no such thing.']);
  });
});

describe('an invitation', () => {
  const draw = () => Drawn.of('logins/invite', 'Invite');

  it('is a link for what somebody may, and says whom it leads here', async () => {
    const drawn = await draw();
    const link = 'http://localhost:7272/login?once=x';
    wishes.answers.set('invite', { link, isHere: true });
    await drawn.type(drawn.the('select'), 'viewer');
    await drawn.fire(drawn.the('form'), 'submit');
    expect(wishes.asked).toEqual(['invite {"role":"viewer"}']);
    expect(drawn.texts('code')).toEqual([link]);
    expect(drawn.text).toContain('It leads to this machine alone');
    wishes.answers.set('invite', { link, isHere: false });
    await drawn.fire(drawn.the('form'), 'submit');
    expect(drawn.text).not.toContain('this machine alone');
  });

  it('is for no role that is none, and says why there is none', async () => {
    const drawn = await draw();
    await drawn.type(drawn.the('select'), 'king');
    wishes.answers.set('invite', { done: false, text: 'This is for the owner alone.' });
    await drawn.fire(drawn.the('form'), 'submit');
    expect(wishes.asked).toEqual(['invite {"role":"operator"}']);
    expect(drawn.texts('.said-no')).toEqual(['This is for the owner alone.']);
    expect(drawn.find('code')).toHaveLength(0);
  });
});
