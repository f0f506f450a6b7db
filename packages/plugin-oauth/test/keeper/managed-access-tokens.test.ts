import { beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessToken, type Consumer, forPlugin } from '@pertybot/core';
import { MemoryLogger } from '@pertybot/core/testing';
import { ManagedAccessTokens } from '../../src/keeper/managed-access-tokens.js';
import { AccountScopes } from '../../src/token/account-scopes.js';
import { FakeScopes, plainConfig } from '../oauth-fixture.js';

const token: AccessToken = {
  token: 'one',
  clientId: 'client',
  userId: '1',
  login: 'pertybot',
  scopes: ['chat:read'],
};

describe('ManagedAccessTokens', () => {
  let tokens: ManagedAccessTokens;
  let logger: MemoryLogger;

  beforeEach(() => {
    logger = new MemoryLogger();
    tokens = new ManagedAccessTokens(new AccountScopes(new FakeScopes(), plainConfig), logger);
  });

  it('makes everybody wait until there is a token', async () => {
    const waiting = [tokens.get(), tokens.get({ scopes: ['Chat:Read'] })];
    tokens.bot.publish(token);
    expect(await Promise.all(waiting)).toEqual([token, token]);
    expect(await tokens.get()).toBe(token);
  });

  it('makes those wait who need a scope that the token lacks', async () => {
    tokens.bot.publish(token);
    const waiting = tokens.get({ scopes: ['chat:edit'] });
    const better = { ...token, token: 'two', scopes: ['chat:read', 'chat:edit'] };
    tokens.bot.publish(better);
    expect(await waiting).toBe(better);
  });

  it('says at once that nobody declares a scope', async () => {
    await expect(tokens.get({ scopes: ['bits:read'] })).rejects.toMatchObject({
      code: 'OAUTH_SCOPE_UNDECLARED',
      message: 'No plugin declares the scope "bits:read".',
    });
  });

  it('gives up waiting when the signal fires', async () => {
    const ended = new AbortController();
    const waiting = tokens.get({ signal: ended.signal });
    ended.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
    await expect(tokens.get({ signal: ended.signal })).rejects.toThrow('called off');
  });

  it('tells of each new token once, and of the end of the grant', () => {
    const heard: unknown[] = [];
    const undo = tokens.onChange((each) => heard.push(each?.token));
    tokens.bot.publish(undefined);
    tokens.bot.publish(token);
    tokens.bot.publish({ ...token });
    tokens.bot.publish(undefined);
    tokens.bot.publish(undefined);
    undo();
    tokens.bot.publish(token);
    expect(heard).toEqual(['one', undefined]);
  });

  it('passes a refused token on once, and only the one that it handed out', async () => {
    const refused: string[] = [];
    tokens.bot.whenRefused((each) => void refused.push(each));
    tokens.bot.publish(token);
    await tokens.invalidate('another');
    await tokens.invalidate('one');
    await tokens.invalidate('one');
    expect(refused).toEqual(['one']);
    expect(tokens.bot.published).toBeUndefined();
  });

  it('tells of the end of a grant whose token was refused', async () => {
    const heard: unknown[] = [];
    tokens.onChange((each) => heard.push(each?.token));
    tokens.bot.publish(token);
    await tokens.invalidate('one');
    tokens.bot.publish(undefined);
    expect(heard).toEqual(['one', undefined]);
  });

  it('outlives a listener that throws', () => {
    const heard: unknown[] = [];
    tokens.onChange(() => {
      throw new Error('it broke');
    });
    tokens.onChange((each) => heard.push(each?.token));
    tokens.bot.publish(token);
    expect(heard).toEqual(['one']);
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { reason: 'it broke' } }]);
  });

  it('gives back what a plugin took when the plugin stops', async () => {
    const stopped = new AbortController();
    const undos: (() => void)[] = [];
    const consumer: Consumer = {
      id: 'irc',
      log: logger,
      signal: stopped.signal,
      onStop: (undo) => void undos.push(undo),
      run: (_where, task) => void task(),
    };
    const own = tokens[forPlugin](consumer);
    const heard: unknown[] = [];
    own.onChange((each) => heard.push(each?.token));
    const waiting = own.get();
    stopped.abort(new Error('the plugin stops'));
    for (const undo of undos) undo();
    await expect(waiting).rejects.toThrow('the plugin stops');
    tokens.bot.publish(token);
    expect(heard).toEqual([]);
  });
});
