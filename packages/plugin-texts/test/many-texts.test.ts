import { describe, expect, it } from '@jest/globals';
import { MemoryStore, makeChannelEvents, startTestBot } from '@pertybot/core/testing';
import texts from '../src/index.js';
import { TextCounter } from '../src/text-counter.js';

describe('very many texts', () => {
  it('are each answered, the last as well as the first', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `text${index}`);
    const commands = Object.fromEntries(names.map((name) => [name, `This is ${name}, {user}`]));
    const bot = await startTestBot([{ plugin: texts, config: { commands } }]);
    for (const name of ['text0', 'text5000', 'text9999']) await bot.hear(`!${name}`, { as: name });
    expect(bot.replies).toEqual([
      'This is text0, text0',
      'This is text5000, text5000',
      'This is text9999, text9999',
    ]);
    expect(bot.commands.filter(({ plugin }) => plugin === 'texts')).toHaveLength(10_000);
    await bot.hear('!help', { as: 'asker' });
    expect(bot.replies.at(-1)?.length).toBeLessThan(500);
    await bot.stop();
  });

  it('are as many timers as were written, each at its own pace', async () => {
    const timers = Array.from({ length: 500 }, (_, index) => ({
      every: `${10 + index}s`,
      say: `Timer ${index}`,
    }));
    const bot = await startTestBot([{ plugin: texts, config: { timers } }]);
    await bot.clock.advance('19s');
    expect(bot.replies).toEqual(Array.from({ length: 10 }, (_, index) => `Timer ${index}`));
    await bot.stop();
    expect(bot.clock.pending).toBe(0);
  });
});

/** A store that works, or does not. */
class FailingStore extends MemoryStore {
  fails = false;

  override async update(...given: Parameters<MemoryStore['update']>) {
    if (this.fails) throw new Error('no space left on device');
    return super.update(...given);
  }
}

describe('a store that fails', () => {
  const warned: string[] = [];
  const log = { warn: (message: string) => void warned.push(message) } as never;

  it('costs the memory of how often, never the text', async () => {
    const store = new FailingStore();
    const counter = new TextCounter({ store, log });
    expect([await counter.countUp('a'), await counter.countUp('a')]).toEqual([1, 2]);
    store.fails = true;
    expect([await counter.countUp('a'), await counter.countUp('b')]).toEqual([3, 1]);
    expect(warned.at(-1)).toContain('"b" was said could not be kept: no space left on device');
    store.fails = false;
    expect([await counter.countUp('a'), await counter.countUp('b')]).toEqual([4, 2]);
    expect([store.values.get('a'), store.values.get('b')]).toEqual([4, 2]);
  });

  it.each([['text'], [{}], [[1, 2]], [null], ['']])(
    'counts from 0 where it holds %j',
    async (value) => {
      const store = new MemoryStore();
      store.values.set('a', value);
      expect(await new TextCounter({ store, log }).countUp('a')).toBe(1);
    },
  );
});

it('counts on, and says nothing twice, after the plugin was started anew', async () => {
  const config = {
    commands: { deaths: 'Died {count} times' },
    timers: [{ every: '10s', say: 'Round {count}' }],
    events: { raid: { pause: '0s', text: 'Raid {count}' } },
  };
  const bot = await startTestBot([{ plugin: texts, config }]);
  for (const life of [1, 2, 3]) {
    await bot.hear('!deaths', { as: `viewer${life}` });
    bot.emit('raid', makeChannelEvents().raid);
    await bot.clock.advance('10s');
    await bot.restart('texts');
  }
  expect(bot.replies).toEqual(
    [1, 2, 3].flatMap((life) => [`Died ${life} times`, `Raid ${life}`, `Round ${life}`]),
  );
  await bot.stop();
});
