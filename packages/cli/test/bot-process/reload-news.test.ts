import { describe, expect, it } from '@jest/globals';
import {
  describeReload,
  formatReloadNews,
  type ReloadNews,
  reloadNews,
  watchEdits,
} from '../../src/bot-process/reload-news.js';
import { styleFor } from '../../src/terminal/style.js';

const nothing = { added: [], removed: [], changed: [], reconfigured: [], restarted: [] };
const changed = { ...nothing, changed: ['dice'], restarted: ['dice'] };
const undone = { ...changed, rolledBack: 'The plugin "dice" does not start: no luck: none.' };

function listen() {
  const told: ReloadNews[] = [];
  return { told, news: reloadNews((each) => told.push(each)) };
}

describe('a bot whose files cannot be watched', () => {
  it('says so once, and goes on', async () => {
    const { told, news } = listen();
    const bot = {
      folder: '/nowhere',
      get pluginFiles(): readonly string[] {
        throw new Error('EMFILE: too many open files');
      },
      prepareReload() {},
      reload: () => Promise.reject(new Error('nobody asked for it')),
    };
    const unwatch = await watchEdits(bot, news, (each) => told.push(each));
    await unwatch();
    expect(told).toEqual([
      { text: expect.stringMatching(/only taken by a new start.*EMFILE/), isFault: true },
    ]);
  });
});

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

describe('describeReload', () => {
  it('says what changed and what was restarted for it', () => {
    const result = { ...nothing, added: ['fan'], changed: ['gpio'], restarted: ['gpio', 'lamp'] };
    expect(describeReload(result)).toBe('Reloaded: added fan; changed gpio; restarted gpio, lamp.');
  });

  it('says that an edit was undone, and leaves why to the log', () => {
    expect(
      describeReload({ ...nothing, rolledBack: 'The plugin "fan" does not start: no: x' }),
    ).toBe('The edit was undone, the bot runs on as before: The plugin "fan" does not start.');
  });

  it('says which package waits for the next start', () => {
    const outdated = [{ id: 'hue', installed: '2.0.0' }];
    const waits =
      'hue 2.0.0 is installed; start the bot again to run it, until then it runs on as it was.';
    expect(describeReload({ ...nothing, outdated })).toBe(waits);
    expect(describeReload({ ...nothing, added: ['fan'], outdated })).toBe(
      `Reloaded: added fan. ${waits}`,
    );
  });

  it('says nothing when nothing changed', () => {
    expect(describeReload(nothing)).toBeUndefined();
  });
});

const at = new Date(2026, 0, 2, 20, 14, 3);

describe('formatReloadNews', () => {
  it('has the time, and a mark where something is wrong', () => {
    const plain = styleFor({});
    expect(formatReloadNews({ text: 'Reloaded: added fan.', isFault: false }, at, plain)).toBe(
      '20:14:03  Reloaded: added fan.',
    );
    const text = 'The edit changes nothing yet:\nplugins/dice.ts:1:3 no\n  1 | ab\n    |   ^';
    expect(formatReloadNews({ text, isFault: true }, at, plain)).toBe(`20:14:03  ✗ ${text}`);
  });

  it('lets no text of a plugin write over the terminal', () => {
    const news = { text: 'a\u001b[2J\nb\u001b]0;title\u0007', isFault: true };
    expect(formatReloadNews(news, at, styleFor({}))).toBe('20:14:03  ✗ a\nb');
  });
});
