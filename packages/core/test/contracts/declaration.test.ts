import { describe, expect, it } from '@jest/globals';
import { toWantedScope } from '../../src/contracts/access-tokens.js';
import { isSameState, type PluginState } from '../../src/contracts/bot-events.js';
import { toCommandTrace } from '../../src/contracts/declaration.js';
import { isPlugin } from '../../src/contracts/plugin.js';

describe('toCommandTrace', () => {
  it('keeps what is said of a command, and nothing that is code', () => {
    const trace = toCommandTrace('roll [sides:dice]', {
      about: 'Rolls',
      aliases: ['r'],
      allow: 'vip',
      cooldown: { user: '5s' },
      types: { dice: (word: string) => Number(word), other: () => 1 },
      away: () => undefined,
    });
    expect(trace).toEqual({
      signature: 'roll [sides:dice]',
      about: 'Rolls',
      aliases: ['r'],
      allow: 'vip',
      cooldown: { user: '5s' },
      types: ['dice', 'other'],
    });
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });

  it('names no types where there are none', () => {
    expect(toCommandTrace('hi', {})).toEqual({ signature: 'hi' });
    expect(toCommandTrace('hi', { types: {} })).toEqual({ signature: 'hi' });
  });
});

describe('toWantedScope', () => {
  it('takes a scope alone for one of the bot', () => {
    expect(toWantedScope('chat:read')).toEqual({ scope: 'chat:read', account: 'bot' });
    const wanted = { scope: 'bits:read', account: 'broadcaster' } as const;
    expect(toWantedScope(wanted)).toBe(wanted);
  });
});

describe('isSameState', () => {
  const states: readonly PluginState[] = [
    { name: 'loaded' },
    { name: 'waiting', reason: 'login' },
    { name: 'waiting', reason: 'needs Chat' },
    { name: 'starting' },
    { name: 'running' },
    { name: 'restarting', after: 10_000 },
    { name: 'restarting', after: 20_000 },
    { name: 'disabled' },
    { name: 'stopped' },
  ];

  it('is true of a state and itself alone', () => {
    for (const [index, one] of states.entries()) {
      const same = states.filter((other) => isSameState(one, { ...other }));
      expect(same).toEqual([states[index]]);
    }
  });

  it('is never true of a failure, which is news each time', () => {
    const failed: PluginState = { name: 'failed', error: new Error('no') };
    expect(isSameState(failed, failed)).toBe(false);
    expect(isSameState(failed, { name: 'running' })).toBe(false);
  });
});

describe('isPlugin', () => {
  it('knows plugins of another copy of core, and takes nothing else for one', () => {
    expect(isPlugin({ [Symbol.for('pertybot.Plugin')]: true })).toBe(true);
    for (const other of [undefined, null, {}, { name: 'x', start() {} }, 'plugin', () => {}]) {
      expect(isPlugin(other)).toBe(false);
    }
  });
});
