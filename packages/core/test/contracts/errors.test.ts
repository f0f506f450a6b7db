import { describe, expect, it } from '@jest/globals';
import { PluginError } from '../../src/host.js';
import { errorCodeOf, isPertyError, messageOf, StoreError } from '../../src/index.js';

describe('PertyError', () => {
  it('has a code, a hint, a cause and the name of its class', () => {
    const cause = new Error('disk full');
    const error = new StoreError('STORE_WRITE_FAILED', 'It is full.', { hint: 'Empty it.', cause });
    expect(error).toMatchObject({
      ...{ name: 'StoreError', code: 'STORE_WRITE_FAILED', message: 'It is full.' },
      ...{ hint: 'Empty it.', cause },
    });
    expect([isPertyError(error), isPertyError(cause), isPertyError(null)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is known across copies of core', () => {
    expect(isPertyError({ [Symbol.for('pertybot.PertyError')]: true })).toBe(true);
  });
});

describe('messageOf', () => {
  it('adds the cause to what says too little', () => {
    const refused = new Error('connect ECONNREFUSED 127.0.0.1:80');
    expect(messageOf(new TypeError('fetch failed', { cause: refused }))).toBe(
      'fetch failed (connect ECONNREFUSED 127.0.0.1:80)',
    );
    expect(messageOf(new AggregateError([refused, refused, new Error('b')]))).toBe(
      'connect ECONNREFUSED 127.0.0.1:80; b',
    );
  });

  it('leaves out a cause that is told already, and that of an error of ours', () => {
    expect(messageOf(new Error('no: disk full', { cause: new Error('disk full') }))).toBe(
      'no: disk full',
    );
    const own = new PluginError('PLUGIN_INVALID', 'No plugin.', { cause: new Error('why') });
    expect(messageOf(own)).toBe('No plugin.');
    expect(messageOf(new Error('outer', { cause: own }))).toBe('outer (No plugin.)');
  });

  it('bears an error that throws when it is asked', () => {
    const error = new Error('a');
    Object.defineProperty(error, 'message', { get: () => Object.create(null) });
    expect(messageOf(error)).toBe('unknown error');
  });

  it('ends although causes go in a circle', () => {
    const error = new Error('a');
    error.cause = new Error('b', { cause: error });
    expect(messageOf(error)).toBe('a (b (a (b)))');
  });

  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [{ message: 3 }, '3'],
    [Object.create(null), 'unknown error'],
    [new TypeError(''), 'TypeError'],
    [new Error('a', { cause: 'b' }), 'a'],
  ])('makes of %p %p', (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });
});

describe('errorCodeOf', () => {
  it('reads codes of Node and ours', () => {
    expect(errorCodeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
    expect(errorCodeOf(new PluginError('PLUGIN_CYCLE', 'x'))).toBe('PLUGIN_CYCLE');
    expect([errorCodeOf({ code: 3 }), errorCodeOf('x'), errorCodeOf(null)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
