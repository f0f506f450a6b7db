import { describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../src/index.js';

class Weather {}

const define = definePlugin as (definition: unknown) => unknown;

describe('definePlugin', () => {
  it.each([
    { name: 'dice' },
    { name: 'dice', needs: {}, provides: [], scopes: [], start: () => {}, about: undefined },
    { name: 'dice', scopes: ['chat:read', { scope: 'bits:read', account: 'broadcaster' }] },
    { name: 'dice', needs: { weather: Weather, other: Symbol('Other') }, provides: [Weather] },
  ])('takes %j', (definition) => {
    expect(() => define(definition)).not.toThrow();
  });

  it.each([
    [undefined, 'definePlugin was given undefined.', 'a map with a name'],
    ['dice', 'was given the text "dice"', 'a map'],
    [{}, 'A plugin has no name.', "name: 'hello'"],
    [{ name: '' }, 'no name', "name: 'hello'"],
    [{ name: 'd', beginn() {} }, 'has an unknown "beginn"', 'only name, about, config'],
    [{ name: 'd', strat() {} }, 'did you mean "start"?', 'only name'],
    [{ name: 'd', start: 'now' }, 'has the text "now" as "start"', 'start() { … }'],
    [{ name: 'd', config: { sides: 6 } }, 'has a "config" that is no schema', 'v.strictObject'],
    [{ name: 'd', config: null }, 'no schema', 'v.strictObject'],
    [{ name: 'd', needs: ['Gpio'] }, '"needs" that are no map', 'needs: { gpio: Gpio }'],
    [
      { name: 'd', needs: { gpio: undefined } },
      'has undefined as its need "gpio"',
      'import { Gpio }',
    ],
    [{ name: 'd', needs: { gpio: 'Gpio' } }, 'has the text "Gpio" as its need "gpio"', 'Gpio'],
    [{ name: 'd', provides: Weather }, '"provides" that is no list', 'provides: [Weather]'],
    [{ name: 'd', scopes: 'chat:read' }, '"scopes" that is no list', "scopes: ['"],
    [{ name: 'd', scopes: [1] }, '"scopes" that is no list', "scopes: ['"],
    [
      { name: 'd', scopes: [{ scope: 'x', account: 'owner' }] },
      '"scopes" that is no list',
      "scopes: ['",
    ],
    [{ name: 'd', scopes: [{ account: 'bot' }] }, '"scopes" that is no list', "scopes: ['"],
  ])('refuses %j', (definition, message, hint) => {
    expect(() => define(definition)).toThrow(
      expect.objectContaining({
        code: 'PLUGIN_INVALID',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    );
  });
});
