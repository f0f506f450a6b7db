import { describe, expect, it } from '@jest/globals';
import { isPertyError } from '../../src/contracts/errors.js';
import type { Container, InjectionToken } from '../../src/contracts/injection.js';
import { StoreError } from '../../src/contracts/store.js';
import { coreTokens, refuseCircles, toInjectionError } from '../../src/host/plugin-container.js';

/** What the owner is told of what the container threw. */
function told(message: string) {
  const error = toInjectionError(new Error(message), 'weather');
  return isPertyError(error)
    ? { code: error.code, message: error.message, hint: error.hint }
    : 'as it is';
}

describe('what the container means', () => {
  it('is a token that nobody declared, by the name that people know', () => {
    expect(
      told('Attempted to resolve unregistered dependency token: "Symbol(pertybot.Chat)"'),
    ).toEqual({
      code: 'PLUGIN_INJECTION_FAILED',
      message: 'The plugin "weather" asks for Chat, which it does not declare.',
      hint: 'Name it under "needs" in definePlugin, or bind it in register.',
    });
    expect(told('unregistered dependency token: "Forecast"')).toMatchObject({
      message: 'The plugin "weather" asks for Forecast, which it does not declare.',
    });
  });

  it('is a class that is not decorated', () => {
    expect(told('TypeInfo not known for "Forecast"')).toMatchObject({
      message: 'The plugin "weather" cannot build "Forecast".',
      hint: expect.stringContaining('@injectable()'),
    });
  });

  it('is a circle, with its way where that is known', () => {
    expect(told('need each other in a circle: A → B → A.')).toMatchObject({
      message: 'Classes of the plugin "weather" need each other in a circle: A → B → A.',
    });
    expect(told('Is it a circular dependency problem?')).toMatchObject({
      message:
        'Classes of the plugin "weather" need each other in a circle: see what their files import.',
    });
  });

  it('is left alone where it is ours already, or nobody knows it', () => {
    const own = new StoreError('STORE_TOO_LARGE', 'Too much.');
    expect(toInjectionError(own, 'weather')).toBe(own);
    expect(told('The sky fell')).toBe('as it is');
    for (const odd of [undefined, null, 'text', 5]) {
      expect(toInjectionError(odd, 'weather')).toBe(odd);
    }
  });
});

/** A container whose services ask for one another, by what each needs. */
function containerOf(needs: Readonly<Record<string, readonly string[]>>) {
  let asked = 0;
  const tokens = new Map(Object.keys(needs).map((name) => [name, Symbol(name)]));
  const container = {
    resolve: (token: InjectionToken) => {
      asked += 1;
      const name = String(typeof token === 'symbol' ? token.description : token);
      for (const other of needs[name] ?? []) container.resolve(tokens.get(other) ?? Symbol(other));
      return name;
    },
  };
  // Of a container only what resolves is asked for.
  refuseCircles(container as unknown as Container);
  return {
    resolve: (name: string) => container.resolve(tokens.get(name) ?? Symbol(name)),
    asked: () => asked,
  };
}

describe('refuseCircles', () => {
  it('lets through what comes to an end, the same service by several ways too', () => {
    const { resolve, asked } = containerOf({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] });
    expect([resolve('a'), asked()]).toEqual(['a', 5]);
  });

  it.each([
    [{ a: ['a'] }, 'a → a'],
    [{ a: ['b'], b: ['a'] }, 'a → b → a'],
    [{ a: ['b'], b: ['c'], c: ['b'] }, 'b → c → b'],
  ])('refuses %j with the circle alone', (needs, circle) => {
    const { resolve, asked } = containerOf(needs);
    expect(() => resolve('a')).toThrow(`need each other in a circle: ${circle}.`);
    expect(asked()).toBeLessThanOrEqual(3);
  });

  it('is ready again after a refusal', () => {
    const { resolve } = containerOf({ a: ['a'], b: [] });
    expect(() => resolve('a')).toThrow();
    expect(() => resolve('a')).toThrow('a → a');
    expect(resolve('b')).toBe('b');
  });
});

describe('the services of core', () => {
  it('are each another token, with a name', () => {
    expect(new Set(coreTokens).size).toBe(coreTokens.length);
    for (const token of coreTokens) expect(String(token)).toMatch(/^Symbol\(pertybot\.\w+\)$/);
  });
});
