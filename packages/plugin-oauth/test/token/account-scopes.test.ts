import { describe, expect, it } from '@jest/globals';
import { botAccount } from '../../src/token/account.js';
import { AccountScopes } from '../../src/token/account-scopes.js';
import { FakeScopes, plainConfig } from '../oauth-fixture.js';

const broadcaster = { account: 'broadcaster' } as const;
const list = [
  { scope: 'chat:read', account: 'bot', plugins: ['irc'] },
  { scope: 'bits:read', account: 'broadcaster', plugins: ['wheel'] },
  { scope: 'chat:read', account: 'broadcaster', plugins: ['wheel', 'irc'] },
] as const;

const forAlice = () => Object.assign(new FakeScopes(list), { channels: ['alice'] });
const both = ['chat:read', 'bits:read'];
const namesOf = (scopes: AccountScopes, login?: string) =>
  scopes.of(botAccount, login).map(({ scope }) => scope);
const grant = { clientId: 'c', accessToken: 't', scopes: ['chat:read'] };

describe('AccountScopes', () => {
  it('keeps apart what is wanted of each account', () => {
    const scopes = new AccountScopes(new FakeScopes(list), plainConfig);
    expect(scopes.of(botAccount)).toEqual([list[0]]);
    expect(scopes.of(broadcaster)).toEqual([list[1], list[2]]);
  });

  it('joins them where the accounts are one, each scope once', () => {
    const both = { ...plainConfig, account: 'alice', broadcasters: ['alice'] };
    expect(new AccountScopes(new FakeScopes(list), both).of(botAccount)).toEqual([
      { scope: 'chat:read', account: 'bot', plugins: ['irc', 'wheel'] },
      { scope: 'bits:read', account: 'bot', plugins: ['wheel'] },
    ]);
  });

  it('asks for both where the bot’s account is that of a channel, by what irc says', () => {
    const scopes = new AccountScopes(forAlice(), { ...plainConfig, account: 'alice' });
    expect(namesOf(scopes)).toEqual(both);
    expect(scopes).toMatchObject({ isShared: true, isOpen: false });
    const other = new AccountScopes(forAlice(), { ...plainConfig, account: 'bob' });
    expect(namesOf(other)).toEqual(['chat:read']);
    expect(other).toMatchObject({ isShared: false, isOpen: false });
  });

  it('asks for both while nobody knows whose the bot’s account is, and judges a token by whose it is', () => {
    const scopes = new AccountScopes(forAlice(), plainConfig);
    expect(scopes).toMatchObject({ isShared: false, isOpen: true });
    expect(namesOf(scopes)).toEqual(both);
    expect(namesOf(scopes, 'alice')).toEqual(both);
    expect(namesOf(scopes, 'bob')).toEqual(['chat:read']);
  });

  it.each([
    ['a grant of another account', { ...grant, login: 'bob' }, [], ['chat:read'], false],
    ['a grant of the channel', { ...grant, login: 'alice' }, [], both, true],
    ['a grant for both, of whom is not known', { ...grant, scopes: both }, [], both, true],
    ['a broadcaster with a grant of his own', grant, [{ channel: 'alice' }], ['chat:read'], false],
    ['no grant', undefined, [], both, false],
  ])('learns from %s', (_, stored, others, wanted, isShared) => {
    const scopes = new AccountScopes(forAlice(), plainConfig);
    const accounts = others.map((each) => ({ ...broadcaster, ...each }));
    scopes.learn(stored, accounts);
    expect(namesOf(scopes)).toEqual(wanted);
    expect(scopes.isShared).toBe(isShared);
  });

  it('tells once that they turn out to be one, and of each reload', () => {
    const requested = new FakeScopes(list);
    const scopes = new AccountScopes(requested, plainConfig);
    let told = 0;
    const undo = scopes.onChange(() => {
      told += 1;
    });
    scopes.share();
    scopes.share();
    requested.change([]);
    expect(told).toBe(2);
    undo();
    requested.change(list);
    expect(told).toBe(2);
  });
});
