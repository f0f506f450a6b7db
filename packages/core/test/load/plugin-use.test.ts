import { describe, expect, it } from '@jest/globals';
import { defaultId, isLocalUse, packageNames } from '../../src/host.js';

describe('use:', () => {
  it.each([
    ['oauth', ['@pertybot/plugin-oauth', 'pertybot-plugin-oauth']],
    ['pertybot-plugin-hue', ['pertybot-plugin-hue']],
    ['@me/lights', ['@me/lights']],
    ['./plugins/dice.ts', ['./plugins/dice.ts']],
  ])('%s may mean %p', (use, names) => {
    expect(packageNames(use)).toEqual(names);
  });

  it.each([
    ['./a.ts', true],
    ['../a', true],
    ['.', true],
    ['/opt/a.js', true],
    ['.hidden', false],
    ['a/b', false],
    ['oauth', false],
  ])('%s is local: %p', (use, local) => {
    expect(isLocalUse(use)).toBe(local);
  });

  it.each([
    ['irc', 'irc'],
    ['@pertybot/plugin-irc', 'irc'],
    ['pertybot-plugin-hue', 'hue'],
    ['./plugins/dice.ts', 'dice'],
    ['./plugins/My Dice/', 'my-dice'],
    ['../2nd.mts', 'nd'],
    ['./', 'plugin'],
  ])('%s has the id %s', (use, id) => {
    expect(defaultId(use)).toBe(id);
  });
});
