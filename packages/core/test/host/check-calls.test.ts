import { describe, expect, it } from '@jest/globals';
import { PluginError } from '../../src/contracts/errors.js';
import { checkListening, checkTimer } from '../../src/host/check-calls.js';

/** The message and hint of what is thrown. */
function refusalOf(call: () => unknown): readonly [string, string | undefined] {
  try {
    call();
  } catch (error) {
    if (error instanceof PluginError && error.code === 'PLUGIN_CALL_INVALID') {
      return [error.message, error.hint];
    }
    throw error;
  }
  return ['taken', undefined];
}

const listener = () => {};

describe('what a plugin gives to on()', () => {
  it.each(['raid', 'message', 'estop', 'pin', 'gadget', 'streamOnline'])(
    'may be the event %s, without a remark',
    (event) => {
      expect(checkListening(event, listener)).toBeUndefined();
    },
  );

  it('may be an event that nobody knows, with a remark that names those of core', () => {
    const remark = checkListening('weatherChanged', listener);
    expect(remark).toMatch(/^No event "weatherChanged" is known\. It is heard only if a plugin/);
    expect(remark).toContain('raid');
  });

  it.each([
    ['riad', 'raid'],
    ['Raid', 'raid'],
    ['messge', 'message'],
    ['gadgets', 'gadget'],
  ])('is refused as %s, since %s is meant', (event, meant) => {
    expect(refusalOf(() => checkListening(event, listener))).toEqual([
      `There is no event "${event}".`,
      `Write: on("${meant}", …), if that is meant`,
    ]);
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['', '""'],
    [5, '5'],
    [['raid'], 'a list'],
    [{}, 'an object'],
    [listener, 'a function'],
    [true, 'a boolean'],
    [Symbol('raid'), 'a symbol'],
    [5n, 'a bigint'],
  ])('is no event: %p', (event, shown) => {
    const [message, hint] = refusalOf(() => checkListening(event, listener));
    expect(message).toBe(`on() was given ${shown} as an event.`);
    expect(hint).toContain('on("raid"');
  });

  it.each([undefined, null, 'text', {}, 3])('is no listener: %p', (wrong) => {
    const [message] = refusalOf(() => checkListening('raid', wrong));
    expect(message).toMatch(/^on\("raid"\) was given .* as a listener\.$/);
  });
});

describe('what a plugin gives to every() and after()', () => {
  it.each(['30s', '10ms', 100, 1_500, '2h', '1m 30s'])('may be %p', (duration) => {
    expect(refusalOf(() => checkTimer('every', duration, listener))).toEqual(['taken', undefined]);
    expect(refusalOf(() => checkTimer('after', duration, listener))).toEqual(['taken', undefined]);
  });

  it.each([0, 1, 9, '5ms'])(
    'may be %p after which it runs once, but not each of which',
    (short) => {
      expect(refusalOf(() => checkTimer('after', short, listener))[0]).toBe('taken');
      const [message] = refusalOf(() => checkTimer('every', short, listener));
      expect(message).toMatch(/cannot run more often than each 10 ms/);
    },
  );

  it('is a number that surely means seconds, for what runs again and again', () => {
    expect(refusalOf(() => checkTimer('every', 30, listener))).toEqual([
      'every() was given 30, which is 30 milliseconds.',
      'Write: every("30s", () => …) if seconds are meant, or every("30ms", () => …)',
    ]);
    expect(refusalOf(() => checkTimer('every', '30ms', listener))[0]).toBe('taken');
  });

  it.each([
    [undefined, 'undefined'],
    ['soon', '"soon"'],
    ['-5s', '"-5s"'],
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [{}, 'an object'],
    [new Date(0), 'an object'],
    ['x'.repeat(1_000), `"${'x'.repeat(40)}"`],
  ])('is no duration: %p', (wrong, shown) => {
    for (const name of ['every', 'after'] as const) {
      expect(refusalOf(() => checkTimer(name, wrong, listener))[0]).toBe(
        `${name}() was given ${shown} as a duration.`,
      );
    }
  });

  it.each([undefined, 'task', Promise.resolve()])('is no task: %p', (wrong) => {
    expect(refusalOf(() => checkTimer('after', '1s', wrong))[0]).toMatch(
      /^after\(\) was given .* as a task\.$/,
    );
  });
});
