import { describe, expect, it } from '@jest/globals';
import { type ReloadNews, reloadNews } from '../../src/bot-process/reload-news.js';

const nothing = { added: [], removed: [], changed: [], reconfigured: [], restarted: [] };
const changed = { ...nothing, changed: ['dice'], restarted: ['dice'] };
const undone = { ...changed, rolledBack: 'The plugin "dice" does not start: no luck: none.' };

function listen() {
  const told: ReloadNews[] = [];
  return { told, news: reloadNews((each) => told.push(each)) };
}

describe('the news of reloads', () => {
  it('tells of each fault once, and leaves the reason to the log', () => {
    const { told, news } = listen();
    news.onError(new Error('plugins.yaml:1:1 broken\n  1 | x\n    | ^'));
    news.onReload(undone);
    expect(told).toEqual([
      {
        text: 'The edit changes nothing yet:\nplugins.yaml:1:1 broken\n  1 | x\n    | ^',
        isFault: true,
      },
      {
        text: 'The edit was undone, the bot runs on as before: The plugin "dice" does not start.',
        isFault: true,
      },
    ]);
  });

  it.each([
    ['that changes nothing', nothing, 'All is well again: the bot runs what its files say.'],
    ['that changes much', changed, 'Reloaded: changed dice; restarted dice. All is well again.'],
  ])('says after a mended edit %s that all is well', (_, result, text) => {
    const { told, news } = listen();
    news.onError(new Error('broken'));
    news.onReload(result);
    news.onReload(result);
    expect(told[1]).toEqual({ text, isFault: false });
    expect(told.slice(2).map((each) => each.text)).toEqual(
      result === nothing ? [] : ['Reloaded: changed dice; restarted dice.'],
    );
  });

  it('is silent where an edit changes nothing and nothing was broken', () => {
    const { told, news } = listen();
    news.onReload(nothing);
    expect(told).toEqual([]);
  });
});
