import { describe, expect, it } from '@jest/globals';
import { formatReloadNews } from '../../src/dev/format-reload-news.js';
import { styleFor } from '../../src/terminal/style.js';

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
