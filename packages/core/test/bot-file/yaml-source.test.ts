import { describe, expect, it } from '@jest/globals';
import { isMap } from 'yaml';
import { keyOf, YamlSource } from '../../src/bot-file/yaml-source.js';

const read = (text: string) => new YamlSource('plugins.yaml', text);

const text = `# My bot
prefix: "!"
plugins:
  - use: irc
    config: { channels: [me, you], name: ' x ' }
  - use: gpio
    empty:
`;

describe('places in a YAML document', () => {
  const source = read(text);

  it.each([
    [['prefix'], 2, 9],
    [['plugins', 0, 'use'], 4, 10],
    [['plugins', 0, 'config', 'channels', 1], 5, 30],
    [['plugins', 1], 6, 5],
    [[], 2, 1],
  ])('of the value at %j', (path, line, column) => {
    expect(source.position(path)).toEqual({ line, column });
  });

  it('of what is not there is that of the nearest thing around it', () => {
    expect(source.position(['plugins', 0, 'config', 'gone', 'deep'])).toEqual(
      source.position(['plugins', 0, 'config']),
    );
    expect(source.position(['gone'])).toEqual({ line: 2, column: 1 });
    expect(read('').position(['gone'])).toEqual({ line: 1, column: 1 });
  });

  it('of a key is where the key stands, of an index where its value stands', () => {
    expect(source.keyPosition(['plugins', 0, 'config'])).toEqual({ line: 5, column: 5 });
    expect(source.keyPosition(['plugins', 1])).toEqual({ line: 6, column: 5 });
    expect(source.keyPosition(['plugins', 0, 'gone'])).toEqual({ line: 4, column: 5 });
    expect(source.keyPosition([])).toEqual({ line: 2, column: 1 });
  });

  it('count from 1 whatever the line breaks and the byte order mark are', () => {
    expect(read('a: 1\r\nb: 2\r\n').position(['b'])).toEqual({ line: 2, column: 4 });
    expect(read('\uFEFFa: 1\nb: 2\n').position(['b'])).toEqual({ line: 2, column: 4 });
  });

  it('are found for keys that are no texts', () => {
    const odd = read('1: one\ntrue: yes\n');
    expect(odd.keyPosition([1])).toEqual({ line: 1, column: 1 });
    expect(odd.position(['nothing'])).toEqual({ line: 1, column: 1 });
  });
});

describe('values as they are written', () => {
  it.each([
    ['key: text', '"text"'],
    ['key: "text"', '"text"'],
    ["key: 'text'", "'text'"],
    ['key: 17', '17'],
    ['key: yes', '"yes"'],
    ['key: true', 'true'],
    ['key:', 'nothing'],
    ['key: ~', '~'],
    ['key: [1]', 'a list'],
    ['key: { a: 1 }', 'a map'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of plugins.yaml
    ['key: ${SECRET}', '"${SECRET}"'],
  ])('%s is shown as %s', (line, shown) => {
    expect(read(line).written(['key'])).toBe(shown);
  });

  it('are shortened, and undefined where there are none', () => {
    const long = read(`key: ${'x'.repeat(1_000)}`).written(['key']);
    expect(long).toBe(`"${'x'.repeat(60)}…"`);
    expect(read('key: 1').written(['other'])).toBeUndefined();
  });
});

describe('what is wrong with a document', () => {
  const faultsOf = (written: string) =>
    read(written).problems.map(({ position, message }) => [
      `${position.line}:${position.column}`,
      message,
    ]);

  it('is nothing for an empty one, a text, or a comment', () => {
    for (const written of ['', '\n', '# only this\n', 'text', '[]', '---\n']) {
      expect([written, faultsOf(written), read(written).isBroken]).toEqual([written, [], false]);
    }
  });

  it('is each key that stands twice, wherever', () => {
    expect(faultsOf('a: 1\nb: { c: 1, c: 2 }\na: 2\na: 3\n')).toEqual([
      ['3:1', 'this key stands twice'],
      ['4:1', 'this key stands twice'],
      ['2:12', 'this key stands twice'],
    ]);
    expect(read('a: 1\na: 2\n').isBroken).toBe(false);
  });

  it.each([
    ['plugins:\n  - use: texts\u200b\n', '2:10', 'U+200B'],
    ['plugins:\n  - use: te\0xts\n', '2:10', 'U+0000'],
    ['prefix: "\u2060!"\n', '1:9', 'U+2060'],
    ['commands: { hi\ufeff: "Hi" }\n', '1:13', 'U+FEFF'],
    ['plugins:\n\u00a0 - use: texts\n', '2:1', 'U+00A0'],
  ])('is a name that is not what it looks like: %j', (written, place, character) => {
    expect(faultsOf(written)).toEqual([
      [place, `this name has a character that cannot be seen: ${character}`],
    ]);
  });

  it('is no text that joins emoji, breaks no line or turns its direction', () => {
    const hidden = '"\u{1f468}\u200d\u{1f469} \u200b \u00a0 \u202e"';
    expect(faultsOf(`say: ${hidden}\n"\u{1f468}\u200d\u{1f469}": x\n"Lampe\u00a0!": x\n`)).toEqual(
      [],
    );
  });

  it('does not count merge keys, nor the same key of two maps', () => {
    expect(faultsOf('- { a: 1 }\n- { a: 2 }\n')).toEqual([]);
    expect(faultsOf('x: &x { a: 1 }\ny: { <<: *x, <<: *x }\n')).toEqual([]);
  });

  it('is told of ten thousand double keys fifty times, in no time', () => {
    const lines = Array.from({ length: 10_000 }, () => 'same: 1');
    expect(faultsOf(lines.join('\n'))).toHaveLength(50);
  });

  it('is one sentence where brackets go too deep, and the document is empty then', () => {
    const source = read('['.repeat(100_000));
    expect(source.isBroken).toBe(true);
    expect(source.problems).toEqual([
      {
        file: 'plugins.yaml',
        position: { line: 1, column: expect.any(Number) },
        message: 'its brackets or indentation go too deep',
        hint: 'Check for a bracket that is repeated by mistake.',
      },
    ]);
    expect(source.node(['plugins'])).toBeUndefined();
  });

  it('is told once for each place', () => {
    const found = faultsOf('a: "open\nb: 1\n');
    expect(found).toEqual([['1:4', 'these quotes are not closed']]);
  });
});

describe('aliases', () => {
  it('stand for what they name', () => {
    expect(read('a: &x { b: 1 }\nc: *x\n').toJs()).toEqual({
      value: { a: { b: 1 }, c: { b: 1 } },
    });
  });

  it('that name nothing are told with their place and a mend', () => {
    expect(read('a: 1\nb: *gone\n').toJs().problem).toEqual({
      file: 'plugins.yaml',
      position: { line: 2, column: 4 },
      message: 'nothing above is named "&gone"',
      hint: 'Put a text that begins with * into quotes: "*gone"',
    });
  });

  it('that name what comes later name nothing', () => {
    expect(read('a: *later\nb: &later 1\n').toJs().problem?.message).toContain('&later');
  });

  it('cannot blow a few lines up to gigabytes', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    const { problem, value } = read(lines.join('\n')).toJs();
    expect(value).toBeUndefined();
    expect(problem).toMatchObject({
      message: 'its aliases repeat too much',
      hint: 'Use fewer YAML aliases (*name).',
    });
  });
});

describe('keyOf', () => {
  it('is the value of a key, and the key itself where that is a map', () => {
    const { contents } = read('a: 1\n? { b: 1 }\n: 2\n').document;
    const keys = isMap(contents) ? contents.items.map(({ key }) => keyOf(key)) : [];
    expect(keys[0]).toBe('a');
    expect(isMap(keys[1])).toBe(true);
    expect(keyOf('plain')).toBe('plain');
  });
});
