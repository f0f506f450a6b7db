import { describe, expect, it } from '@jest/globals';
import { parseChatLine, readRoles } from '../src/dev/lines/chat-line.js';
import { parseEvent } from '../src/dev/lines/parse-event.js';
import { formatPluginList, type ListedPlugin } from '../src/plugins/list-plugins.js';
import { formatRewards } from '../src/rewards/list-rewards.js';
import { plainStyle, styleFor } from '../src/terminal/style.js';
import { textWidth } from '../src/terminal/text.js';
import { refusalInWords } from '../src/why/list-refusals.js';

/** Names that every object of JavaScript has, and that somebody else may write. */
const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

describe.each(inherited)('the word %s', (word) => {
  it('is a reason like any other', () => {
    expect(refusalInWords({ reason: word })).toBe(`did not run: ${word}`);
  });

  it('is no role', () => {
    expect(readRoles(word)).toMatchObject({
      fault: `The role "${word.toLowerCase()}" is unknown.`,
    });
    expect(parseChatLine(`alice[${word}]: hi`)).toHaveProperty('fault');
  });

  it('is a state like any other', () => {
    const plugin: ListedPlugin = {
      ...{ id: 'x', use: 'x', enabled: true, state: word, line: 1, needs: [], provides: [] },
      ...{ scopes: [], commands: [] },
    };
    expect(formatPluginList([plugin], styleFor({ isTTY: true }, {}))).toContain(` ${word}`);
  });

  it('is no event, and no subscription', () => {
    expect(parseEvent(`${word} 5 by alice`)).toBeUndefined();
    expect(parseEvent(`alice subscribes ${word}`)).toHaveProperty('fault');
  });
});

describe('the list of rewards', () => {
  it('stays in columns where titles are wide', () => {
    const reward = {
      ...{ name: 'a', channel: 'c', plugin: 'gpio', runs: 'lamp on', redemptions: 0, underWay: [] },
      ...{ state: 'open' as const, cost: 500 },
    };
    const lines = formatRewards(
      [
        { ...reward, title: 'Lamp' },
        { ...reward, title: 'ランプを点ける', cost: 5 },
        { ...reward, title: '👩‍👩‍👧 party' },
      ],
      plainStyle,
    ).split('\n');
    const columns = lines.map((line) => textWidth(line.slice(0, line.indexOf('open'))));
    expect(new Set(columns).size).toBe(1);
  });
});
