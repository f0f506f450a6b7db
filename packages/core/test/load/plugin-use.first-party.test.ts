import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { firstPartyPlugins, firstPartyProvider } from '../../src/load/plugin-use.js';
import { coreFolder } from '../bot-folder.js';

describe('the plugins of PertyBot', () => {
  it('are those whose packages are there', () => {
    const packages = readdirSync(path.dirname(coreFolder))
      .filter((name) => name.startsWith('plugin-'))
      .map((name) => name.slice('plugin-'.length));
    expect([...firstPartyPlugins].sort()).toEqual(packages.sort());
  });

  it.each([
    ['AccessTokens', 'oauth'],
    ['Chat', 'irc'],
    ['Gpio', 'gpio'],
    ['Weather', undefined],
    ['constructor', undefined],
  ])('provide %s by %s', (service, plugin) => {
    expect(firstPartyProvider(service)).toBe(plugin);
  });
});
