import { describe, expect, it } from '@jest/globals';
import type { RunningPlugins } from '../../src/host/foreseen-scopes.js';
import type { HostedPlugin } from '../../src/host/hosted-plugin.js';
import { ScopeList } from '../../src/host/scope-list.js';
import type { RequestedScope } from '../../src/host.js';
import { definePlugin, type Plugin, RequestedScopes } from '../../src/index.js';
import { MemoryStore, startTestBot } from '../../src/testing/index.js';

const follows: RequestedScope = {
  scope: 'moderator:read:followers',
  account: 'broadcaster',
  plugins: ['greeter'],
};

function makeList(
  store = new MemoryStore(),
  others: readonly Hosted[] = [],
  running: RunningPlugins = {},
): ScopeList {
  const plugin = definePlugin({ name: 'greeter', scopes: ['chat:read'] });
  const all = [{ plugin, enabled: true, config: {}, rewards: {} }, ...others];
  const plugins = all.map((each) => ({ id: each.plugin.name, ...each }));
  return new ScopeList(plugins as never, { store, onFault: () => {}, ...running });
}

type Hosted = Partial<Pick<HostedPlugin, 'enabled' | 'config' | 'rewards'>> & {
  readonly plugin: Plugin;
};

/** Brings events as EventSub does. */
const bringer = (scopes: Readonly<Record<string, readonly string[]>>): Hosted => ({
  plugin: definePlugin({ name: 'bringer', scopesFor: (wanted) => scopes[wanted] ?? [] }),
  ...{ enabled: true, config: {}, rewards: {} },
});
const ofTwitch = bringer({
  follow: ['moderator:read:followers'],
  redeem: ['channel:read:redemptions', 'channel:manage:redemptions'],
  rewards: ['channel:manage:redemptions'],
});

const declared: RequestedScope = { scope: 'chat:read', account: 'bot', plugins: ['greeter'] };

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('ScopeList', () => {
  it('adds what is wanted beside what plugins declare, and tells once of an exchange', async () => {
    const list = makeList();
    const told: (readonly RequestedScope[])[] = [];
    list.onChange((scopes) => told.push(scopes));
    const undo = list.want([follows]);
    expect(list.list).toEqual([declared, follows]);
    await settle();
    undo();
    const undoSecond = list.want([follows]);
    await settle();
    expect(told).toEqual([[declared, follows]]);
    undoSecond();
    await settle();
    expect(told).toHaveLength(2);
    expect(list.list).toEqual([declared]);
  });

  it('leaves out what only plugins want that are gone', () => {
    const list = makeList();
    list.want([{ ...follows, plugins: ['gone'] }]);
    expect(list.list).toEqual([declared]);
  });

  it('recalls what was wanted last, of each plugin until it runs', async () => {
    const store = new MemoryStore();
    const first = makeList(store);
    first.begin();
    first.want([follows]);
    await settle();
    const beside = makeList(store);
    await beside.recall();
    expect(beside.list).toEqual([declared, follows]);
    beside.begin();
    beside.forget('another');
    expect(beside.list).toEqual([declared, follows]);
    beside.forget('greeter');
    expect(beside.list).toEqual([declared]);
  });

  it('remembers what a bot that stops wanted, and forgets what nobody wants any more', async () => {
    const store = new MemoryStore();
    const list = makeList(store);
    list.begin();
    const undo = list.want([follows]);
    await settle();
    list.end();
    undo();
    await settle();
    expect(await store.get('wantedScopes')).toEqual([follows]);
    const next = makeList(store);
    await next.recall();
    next.begin();
    next.forget('greeter');
    await settle();
    expect(await store.get('wantedScopes')).toEqual([]);
  });

  it('writes nothing where nobody wants more than is declared', async () => {
    const store = new MemoryStore();
    const list = makeList(store);
    list.begin();
    list.look();
    await settle();
    expect(await store.get('wantedScopes')).toBeUndefined();
  });

  it('foresees what brings the events that plugins.yaml has somebody listen to', () => {
    const hearer = definePlugin({ name: 'hearer', hears: () => ['follow', 'message'] });
    const one = { plugin: hearer, enabled: true, config: {}, rewards: {} };
    const wanted = { ...follows, plugins: ['hearer'] };
    expect(makeList(undefined, [one, ofTwitch]).list).toEqual([declared, wanted]);
    expect(makeList(undefined, [one]).list).toEqual([declared]);
    expect(makeList(undefined, [one, { ...ofTwitch, enabled: false }]).list).toEqual([declared]);
    expect(makeList(undefined, [{ ...one, enabled: false }, ofTwitch]).list).toEqual([declared]);
    // A config that lacks a variable.
    expect(makeList(undefined, [{ ...one, config: undefined }, ofTwitch]).list).toEqual([declared]);
  });

  it('hears of what plugins listen to as they run', async () => {
    const heard: string[] = [];
    const list = makeList(undefined, [ofTwitch], {
      heardBy: (id) => (id === 'greeter' ? heard : []),
    });
    const told: number[] = [];
    list.onChange((scopes) => told.push(scopes.length));
    expect(list.list).toEqual([declared]);
    heard.push('follow');
    list.look();
    list.look();
    expect(list.list).toEqual([declared, follows]);
    await settle();
    expect(told).toEqual([2]);
  });

  it('asks for one scope where one will do for several', () => {
    const hearer = { plugin: definePlugin({ name: 'hearer', hears: () => ['redeem'] }) };
    const one = { ...ofTwitch, ...hearer };
    const alone = makeList(undefined, [one, ofTwitch]);
    expect(alone.list.map(({ scope }) => scope)).toEqual(['chat:read', 'channel:read:redemptions']);
    const seller = { plugin: definePlugin({ name: 'seller' }), rewards: { lamp: { cost: 1 } } };
    const both = makeList(undefined, [one, ofTwitch, { ...ofTwitch, ...seller }]);
    const manage = { scope: 'channel:manage:redemptions', account: 'broadcaster' };
    expect(both.list).toEqual([declared, { ...manage, plugins: ['hearer', 'seller'] }]);
    const off = { ...ofTwitch, ...seller, rewards: { lamp: { enabled: false } } };
    expect(makeList(undefined, [ofTwitch, off]).list).toEqual([declared]);
    const sells = (id: string) => id === 'greeter';
    expect(makeList(undefined, [ofTwitch], { sells }).list).toEqual([
      declared,
      { ...manage, plugins: ['greeter'] },
    ]);
  });

  it('lives with plugins that fail to say what they want', () => {
    const fails = () => {
      throw new Error('no');
    };
    const broken = definePlugin({ name: 'b', hears: fails, scopesFor: fails, channels: fails });
    const odd = definePlugin({ name: 'odd', hears: (() => 'follow') as never });
    const all = [broken, odd].map((plugin) => ({ ...ofTwitch, plugin }));
    const list = makeList(undefined, [...all, ofTwitch]);
    expect(list.list).toEqual([declared]);
    expect(list.channels).toEqual([]);
  });

  it('names the channels that the bot is for, once each', () => {
    const chat = definePlugin({ name: 'chat', channels: () => ['#Alice', 'bob', '@alice '] });
    expect(makeList(undefined, [{ ...ofTwitch, plugin: chat }]).channels).toEqual(['alice', 'bob']);
  });

  it.each([['text'], [[null, { scope: 1 }, {}]], [{ scope: 'x' }]])(
    'makes nothing of what the store should not hold',
    async (value) => {
      const store = new MemoryStore();
      await store.set('wantedScopes', value as never);
      const list = makeList(store);
      await list.recall();
      expect(list.list).toEqual([declared]);
    },
  );

  it('reaches plugins as RequestedScopes', async () => {
    let seen: readonly RequestedScope[] = [];
    const asker = definePlugin({
      name: 'asker',
      start({ container }) {
        const scopes = container.resolve(RequestedScopes);
        scopes.want([{ ...follows, plugins: ['asker'] }]);
        seen = scopes.list;
      },
    });
    const bot = await startTestBot([asker]);
    expect(seen).toEqual([{ ...follows, plugins: ['asker'] }]);
    await bot.stop();
  });
});
