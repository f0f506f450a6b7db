import { describe, expect, it } from '@jest/globals';
import { ScopeList } from '../../src/host/scope-list.js';
import type { RequestedScope } from '../../src/host.js';
import { definePlugin, RequestedScopes } from '../../src/index.js';
import { MemoryStore, startTestBot } from '../../src/testing/index.js';

const follows: RequestedScope = {
  scope: 'moderator:read:followers',
  account: 'broadcaster',
  plugins: ['greeter'],
};

function makeList(store = new MemoryStore()): ScopeList {
  const plugin = definePlugin({ name: 'greeter', scopes: ['chat:read'] });
  const hosted = { id: 'greeter', enabled: true, plugin } as never;
  return new ScopeList([hosted], { store, onFault: () => {} });
}

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

  it('recalls what was wanted last, until the bot runs', async () => {
    const store = new MemoryStore();
    const first = makeList(store);
    first.want([follows]);
    await settle();
    const beside = makeList(store);
    await beside.recall();
    expect(beside.list).toEqual([declared, follows]);
    beside.forget();
    expect(beside.list).toEqual([declared]);
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
