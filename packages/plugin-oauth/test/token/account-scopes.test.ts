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
