import { describe, expect, it } from '@jest/globals';
import { formatLogLine } from '../../src/terminal/pretty-log.js';
import { styleFor } from '../../src/terminal/style.js';

const plain = styleFor({});
const time = new Date(2026, 0, 2, 20, 14, 3).toISOString();
const format = (line: object) =>
  formatLogLine(JSON.stringify({ level: 'error', time, ...line }), plain, '/home/me/bot');

describe('formatLogLine', () => {
  it('keeps a caret below what it points at', () => {
    const message = 'The edit changes nothing yet:\nplugins.yaml:2:3 bad\n  2 | abc\n    |   ^';
    expect(format({ message })).toBe(
      '20:14:03 error The edit changes nothing yet:\n  plugins.yaml:2:3 bad\n    2 | abc\n      |   ^',
    );
  });

  it('shows what an author wrote of a stack, from the folder of the bot', () => {
    const stack = [
      'TypeError: no',
      '    at node:async_hooks:346:14',
      '    at roll (file:///home/me/bot/plugins/dice.ts:7:12)',
      '    at run (file:///usr/lib/node_modules/pertybot/lib/shared.js:9:9)',
      '    at mqtt (/home/me/bot/node_modules/mqtt/index.js:1:2)',
      '    at async Promise.all (index 0)',
    ].join('\n');
    expect(format({ message: 'It failed.', error: { stack } })).toBe(
      [
        '20:14:03 error It failed.',
        '  TypeError: no',
        '      at roll (plugins/dice.ts:7:12)',
        '      at mqtt (node_modules/mqtt/index.js:1:2)',
        '      … 3 more inside PertyBot and Node.js',
      ].join('\n'),
    );
  });

  it('shows the hint of a fault that has one instead', () => {
    const error = { stack: 'Error: x\n    at f (/a.ts:1:1)', hint: 'Mend it.' };
    expect(format({ message: 'It failed.', error })).toBe(
      '20:14:03 error It failed.\n  Hint: Mend it.',
    );
  });

  it('is red where something is wrong', () => {
    const line = JSON.stringify({ level: 'error', time, message: 'It failed.' });
    expect(formatLogLine(line, styleFor({ isTTY: true }))).toContain('\u001b[31mIt failed.');
  });
});
