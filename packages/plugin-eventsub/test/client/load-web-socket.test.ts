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

let listen: (() => void) | undefined;
const listener = definePlugin({
  name: 'listener',
  start({ on }) {
    on('follow', () => {});
    listen = () => void on('cheer', () => {});
  },
});

const stateOf = () => bot?.plugins.find(({ id }) => id === 'eventsub')?.state;

describe('what EventSub connects with', () => {
  it('is not loaded while nobody listens', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return { WebSocket: class {} } as never;
    };
    bot = await startTestBot([login, withLoad(load)]);
    expect(bot.find(Chat)).toBeDefined();
    await bot.clock.advance(60_000);
    expect({ loads, state: stateOf()?.name }).toEqual({ loads: 0, state: 'running' });
  });

  it('is loaded once for all that somebody listens to', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return { WebSocket: class {} } as never;
    };
    bot = await startTestBot([login, withLoad(load), listener]);
    await bot.clock.advance(1_000);
    listen?.();
    await bot.clock.advance(1_000);
    expect(loads).toBe(1);
  });

  it('is loaded again, with a word about it, until it can be', async () => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      if (loads <= 3) throw new Error('EMFILE: too many open files');
      return { WebSocket: class {} } as never;
    };
    bot = await startTestBot([login, withLoad(load), listener]);
    for (let time = 0; time < 60; time++) await bot.clock.advance(1_000);
    expect({ loads, state: stateOf()?.name }).toEqual({ loads: 4, state: 'running' });
    const said = bot.log.filter(({ message }) => message.includes('too many open files'));
    expect(said).toHaveLength(3);
  });

  it('is not asked for again by a bot that has stopped', async () => {
    let loads = 0;
    const load = async (): Promise<never> => {
      loads += 1;
      throw new Error('EMFILE: too many open files');
    };
    bot = await startTestBot([login, withLoad(load), listener]);
    await bot.clock.advance(1_000);
    await bot.stop();
    await bot.clock.advance(60_000);
    expect(loads).toBe(1);
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
