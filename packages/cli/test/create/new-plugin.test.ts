import { describe, expect, it } from '@jest/globals';
import { readPluginName } from '../../src/create/new-plugin.js';

describe('readPluginName', () => {
  it.each(['lights', 'party-lights', 'p2', 'x'.repeat(50)])('takes "%s"', (name) => {
    expect(readPluginName(name)).toBe(name);
  });

  it('takes the name of a package', () => {
    expect(readPluginName('pertybot-plugin-lights')).toBe('lights');
  });

  it.each([
    ...['Party', 'party lights', 'party_lights', 'lights-', 'a--b', '1up', '-', '', 'x'.repeat(51)],
    ...['..', '../lights', '.hidden', 'a/b', 'a\\b', '@me/lights', 'pertybot-plugin-', 'lichter-ü'],
  ])('refuses "%s"', (name) => {
    expect(() => readPluginName(name)).toThrow('can be no name of a plugin');
  });

  it.each(['gpio', 'dashboard', 'help', 'pertybot-plugin-irc'])(
    'refuses "%s", which is taken',
    (name) => {
      expect(() => readPluginName(name)).toThrow("is the name of something of PertyBot's");
    },
  );
});
