import { describe, expect, it } from '@jest/globals';
import {
  definePlugin,
  type InjectionToken,
  injectable,
  Logger,
  RequestedScopes,
  Store,
} from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';

const Desk: InjectionToken<object> = Symbol.for('test.Desk');
const Drawer: InjectionToken<{ word: string }> = Symbol.for('test.Drawer');
const Elsewhere: InjectionToken<object> = Symbol.for('test.Elsewhere');

function deskPlugin(options: Partial<Parameters<typeof definePlugin>[0]> = {}) {
  const seen: string[] = [];
  const plugin = definePlugin({
    name: 'desk',
    provides: [Desk],
    scopes: ['chat:read'],
    register(container) {
      seen.push('register');
      container.register(Desk, { useValue: {} });
      container.register(Drawer, { useValue: { word: 'pens' } });
    },
    start: () => void seen.push('start'),
    ...options,
  });
  return { plugin, seen };
}

describe('borrowing a service', () => {
  it('binds the plugin by its own register, and starts neither it nor another', async () => {
    const { plugin, seen } = deskPlugin();
    const other = definePlugin({ name: 'other', start: () => void seen.push('other') });
    const bot = await startTestBot([plugin, other], { start: false });
    expect(bot.borrow(Drawer, Desk)).toEqual({ plugin: 'desk', service: { word: 'pens' } });
    expect(seen).toEqual(['register']);
    expect(bot.plugins.map(({ state }) => state.name)).toEqual(['loaded', 'loaded', 'loaded']);
  });

  it('gives what core has', async () => {
    const { plugin } = deskPlugin();
    const bot = await startTestBot([plugin], { start: false });
    expect(bot.borrow(RequestedScopes, Desk)?.service?.list).toEqual([
      { scope: 'chat:read', account: 'bot', plugins: ['desk'] },
    ]);
    expect(bot.borrow(Store, Desk)?.service).toBeDefined();
    expect(bot.borrow(Logger, Desk)?.service).toBeDefined();
  });

  it('says apart that nobody provides the one, and that the other is not bound', async () => {
    const { plugin } = deskPlugin();
    const bot = await startTestBot([plugin], { start: false });
    expect(bot.borrow(Drawer, Elsewhere)).toBeUndefined();
    expect(bot.borrow(Elsewhere, Desk)).toEqual({ plugin: 'desk', service: undefined });
  });

  it('does not bind a plugin that is disabled', async () => {
    const { plugin, seen } = deskPlugin();
    const bot = await startTestBot([{ plugin, enabled: false }], { start: false });
    expect(bot.borrow(Drawer, Desk)).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it('names the plugin whose class cannot be built', async () => {
    class Bare {
      constructor(readonly word: string) {}
    }
    const { plugin } = deskPlugin({
      register(container) {
        container.register(Desk, { useValue: {} });
        container.registerSingleton<unknown>(Bare);
      },
    });
    const bot = await startTestBot([plugin], { start: false });
    expect(() => bot.borrow(Bare, Desk)).toThrow('The plugin "desk" cannot build "Bare".');
  });

  it('names the need that only a running bot can meet, and only to who asks for it', async () => {
    const provider = definePlugin({
      name: 'provider',
      provides: [Elsewhere],
      register: (container) => void container.register(Elsewhere, { useValue: {} }),
    });
    const { plugin } = deskPlugin({ needs: { elsewhere: Elsewhere } });
    const bot = await startTestBot([provider, plugin], { start: false });
    expect(bot.borrow(Drawer, Desk)?.service).toEqual({ word: 'pens' });
    expect(() => bot.borrow(Elsewhere, Desk)).toThrow(
      '"desk" needs test.Elsewhere, whose plugin runs only in the running bot.',
    );
  });

  it('builds one of each singleton', async () => {
    @injectable()
    class Lamp {}
    const { plugin } = deskPlugin({
      register(container) {
        container.registerSingleton(Lamp);
        container.register(Desk, { useToken: Lamp });
      },
    });
    const bot = await startTestBot([plugin], { start: false });
    expect(bot.borrow(Desk, Desk)?.service).toBeInstanceOf(Lamp);
  });
});
