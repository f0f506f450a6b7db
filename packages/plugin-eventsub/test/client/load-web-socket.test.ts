import { afterEach, describe, expect, it } from '@jest/globals';
import { AccessTokens, Chat, definePlugin, type Plugin } from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import { LoadWebSocket } from '../../src/client/event-socket.js';
import eventsub from '../../src/index.js';
import { FakeTokens } from '../fake-tokens.js';

let bot: TestBot | undefined;
afterEach(() => bot?.stop());

/** The plugin, with what connects loaded by `load`. */
function withLoad(load: () => Promise<never>): Plugin {
  return {
    ...eventsub,
    register(container, config) {
      eventsub.register?.(container, config);
      container.register(LoadWebSocket, { useValue: load });
    },
  };
}

const login = definePlugin({
  name: 'login',
  provides: [AccessTokens],
  register: (container) => container.register(AccessTokens, { useValue: new FakeTokens() }),
});

const stateOf = () => bot?.plugins.find(({ id }) => id === 'eventsub')?.state;

describe('what EventSub connects with', () => {
  it('is loaded at the start, though nobody listens yet', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return { default: class {} } as never;
    };
    bot = await startTestBot([login, withLoad(load)]);
    expect(bot.find(Chat)).toBeDefined();
    expect({ loads, state: stateOf()?.name }).toEqual({ loads: 1, state: 'running' });
  });

  it('costs the plugin alone where it cannot be loaded, with the reason', async () => {
    const load = async () => {
      throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    };
    bot = await startTestBot([login, withLoad(load)]);
    expect(stateOf()).toMatchObject({ name: 'failed', error: { code: 'EMFILE' } });
    expect(bot.plugins.find(({ id }) => id === 'login')?.state.name).toBe('running');
  });

  it('is not loaded where the plugin is only tried', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return undefined as never;
    };
    bot = await startTestBot([login, withLoad(load)], { isTrial: true });
    expect({ loads, state: stateOf()?.name }).toEqual({ loads: 0, state: 'running' });
  });
});
