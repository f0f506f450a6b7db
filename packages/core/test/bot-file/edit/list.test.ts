import { describe, expect, it } from '@jest/globals';
import {
  BotFileList,
  cutEntryLines,
  indentBlock,
  insertLines,
  lineAfter,
  lineEnd,
  lineStart,
} from '../../../src/bot-file/edit/list.js';
import { YamlSource } from '../../../src/bot-file/yaml-source.js';

const listOf = (text: string) => new BotFileList(new YamlSource('plugins.yaml', text));

describe('lines of a text', () => {
  const text = 'one\ntwo\n\nfour';

  it.each([
    [0, 0, 3],
    [2, 0, 3],
    [3, 0, 3],
    [4, 4, 7],
    [8, 8, 8],
    [9, 9, 13],
    [13, 9, 13],
  ])('begin and end around offset %i', (offset, start, end) => {
    expect([lineStart(text, offset), lineEnd(text, offset)]).toEqual([start, end]);
  });

  it('begin behind what ends with a line break, else one line further', () => {
    expect(lineAfter(text, 4)).toBe(4);
    expect(lineAfter(text, 2)).toBe(4);
    expect(lineAfter(text, 10)).toBe(text.length);
  });

  it('are indented, but for empty ones, which stay empty', () => {
    expect(indentBlock('a\n\nb\n', '  ')).toBe('  a\n\n  b');
    expect(indentBlock('a', '')).toBe('a');
  });

  it('are inserted with the line breaks that the text has', () => {
    expect(insertLines('a\nb\n', 2, 'x\ny')).toBe('a\nx\ny\nb\n');
    expect(insertLines('a\r\nb\r\n', 3, 'x\ny')).toBe('a\r\nx\r\ny\r\nb\r\n');
  });

  it('are added to a text that ends without a line break, which stays so', () => {
    expect(insertLines('a', 1, 'x')).toBe('a\nx');
    expect(insertLines('', 0, 'x')).toBe('x\n');
  });
});

describe('cutEntryLines', () => {
  const text = '- a\n\n# of b\n- b\n  # in b\n\n- c\n';
  const spanOf = (piece: string) => ({
    start: text.indexOf(piece),
    end: text.indexOf(piece) + piece.length,
  });

  it('takes the comments above an entry, and the blank line that set it apart', () => {
    const lines = spanOf('- b\n  # in b\n');
    expect(cutEntryLines(text, lines, { floor: 4, isFirst: false })).toBe('- a\n\n- c\n');
  });

  it('takes the blank line behind the first one', () => {
    const lines = spanOf('- a\n');
    expect(cutEntryLines(text, lines, { floor: 0, isFirst: true })).toBe(
      '# of b\n- b\n  # in b\n\n- c\n',
    );
  });

  it('never goes above its floor', () => {
    const lines = spanOf('- b\n  # in b\n');
    expect(cutEntryLines(text, lines, { floor: lines.start, isFirst: false })).toContain('# of b');
  });

  it('leaves no line break at the end of a text that had none', () => {
    const open = '- a\n- b';
    const lines = { start: 4, end: 7 };
    expect(cutEntryLines(open, lines, { floor: 4, isFirst: false })).toBe('- a');
  });
});

describe('BotFileList', () => {
  it('has no items, and no key, in a file without a list', () => {
    for (const text of ['', '# nothing\n', 'prefix: "!"\n', '- a\n', 'just a text\n']) {
      const list = listOf(text);
      expect([text, list.items.length, list.keyEnd, list.isInline]).toEqual([
        text,
        0,
        undefined,
        false,
      ]);
    }
  });

  it('knows where its key ends, also of a key in quotes', () => {
    expect(listOf('plugins:\n  - use: a\n').keyEnd).toBe(8);
    expect(listOf('"plugins": []\n').keyEnd).toBe(10);
    expect(listOf('plugins : []\n').keyEnd).toBeUndefined();
  });

  it('tells lists in brackets from those in lines', () => {
    expect(listOf('plugins: [{ use: a }]').isInline).toBe(true);
    expect(listOf('plugins:\n  - use: a').isInline).toBe(false);
  });

  it.each([
    ['plugins:\n  - use: a\n\n  - use: b\n', true],
    ['plugins:\n  - use: a\n  - use: b\n', false],
    ['plugins:\n  - use: a\n\n  # b\n  - use: b\n', true],
    ['plugins:\n  - use: a\r\n\r\n  - use: b\n', true],
    ['plugins:\n  - use: a\n', false],
    ['plugins:\n\n  - use: a\n', false],
  ])('sees whether its last entry is set apart: %j', (text, isSpaced) => {
    expect(listOf(text).isSpaced).toBe(isSpaced);
  });

  it.each([
    ['plugins:\n  - use: a', '  '],
    ['plugins:\n- use: a', ''],
    ['plugins:\n    -   use: a', '    '],
    ['plugins:\n  -\n    use: a', undefined],
    ['plugins: [{ use: a }]', undefined],
  ])('knows how far an entry is indented: %j', (text, indent) => {
    const list = listOf(text);
    const [first] = list.items;
    expect(first && list.indentOf(first)).toBe(indent);
  });

  it('counts comments below an entry as its lines, where they are indented deeper', () => {
    const text = 'plugins:\n  - use: a\n    # of a\n\n    # of a, too\n  # of b\n  - use: b\n';
    const list = listOf(text);
    const [first] = list.items;
    const lines = first && list.linesOf(first);
    expect(text.slice(lines?.start, lines?.end)).toBe(
      '  - use: a\n    # of a\n\n    # of a, too\n',
    );
  });
});
