import { describe, expect, it } from '@jest/globals';
import { configAnswer } from '../../src/host/config-answer.js';
import { definePlugin, type Plugin } from '../../src/index.js';
import { composeOf } from './compose.js';

/** A plugin whose schema does what `validate` does. */
function pluginOf(validate: () => never | Promise<never>): Plugin {
  return definePlugin({
    name: 'asker',
    config: { '~standard': { version: 1, vendor: 'own', validate } },
    start() {},
  });
}

describe('the config of a plugin whose schema is at fault', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('no network');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no network'))],
  ])('is told with its place and the plugin, where that %s', async (_, validate) => {
    const compose = composeOf({ asker: pluginOf(validate) });
    const told = compose('plugins:\n  - use: asker\n    config: { a: 1 }\n');
    await expect(told).rejects.toThrow(
      '3:5 config: the plugin "asker" cannot say whether it is right: no network',
    );
  });

  it('is not waited for without end', async () => {
    const { config } = pluginOf(() => new Promise(() => {}));
    if (config === undefined) throw new TypeError('It has one.');
    expect(await configAnswer(config, {}, 1)).toBe('its schema has not answered for 0.001 s');
  });
});
