// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is meant are variables of plugins.yaml
import { describe, expect, it } from '@jest/globals';
import type { BotFileOverlay } from '../../src/bot-file/entry.js';
import { overlayFor, putValues, writtenConfigs } from '../../src/bot-file/variables.js';
import { YamlSource } from '../../src/bot-file/yaml-source.js';

function put(
  text: string,
  environment: Readonly<Record<string, string | undefined>> = {},
  overlay: BotFileOverlay = {},
) {
  const source = new YamlSource('plugins.yaml', text);
  const result = putValues(source, { environment, overlay });
  return { ...result, value: source.toJs().value, source };
}

describe('variables in plugins.yaml', () => {
  it.each([
    ['${A}', 'one'],
    ['x${A}y${A}z', 'xoneyonez'],
    ['${EMPTY:-else}', 'else'],
    ['${GONE:-}', ''],
    ['${GONE:-a b}', 'a b'],
    ['${A:-else}', 'one'],
    ['$${A}', '${A}'],
    ['$$${A}', '$${A}'],
    ['$A', '$A'],
    ['${a-b}', '${a-b}'],
    ['${1}', '${1}'],
    ['${ A }', '${ A }'],
    ['${}', '${}'],
    ['${A', '${A'],
  ])('%s becomes %s', (written, meant) => {
    const { value, problems } = put(`key: '${written}'`, { A: 'one', EMPTY: '' });
    expect({ value, problems }).toEqual({ value: { key: meant }, problems: [] });
  });

  it('are put in once: what a value holds is no variable', () => {
    const { value } = put("key: '${A}'", { A: '${B}', B: 'secret' });
    expect(value).toEqual({ key: '${B}' });
  });

  it('cannot change what YAML is made of', () => {
    const evil = 'x"\n  - use: ./evil.ts # {[';
    expect(put('plugins:\n  - use: ${A}\n', { A: evil }).value).toEqual({
      plugins: [{ use: evil }],
    });
  });

  it('are not looked for in keys, nor in what every object has', () => {
    const { value, problems } = put("'${A}': 1\nx: '${toString}'\n", { A: 'one' });
    expect(value).toEqual({ '${A}': 1, x: '${toString}' });
    expect(problems.map(({ variable }) => variable)).toEqual(['toString']);
  });

  it('are told with their names and values, which no message may show', () => {
    const { variables } = put("a: '${A} ${B}'\nb: '${A}'\n", { A: 'one', B: 'two', C: 'three' });
    expect([...variables]).toEqual([
      ['A', 'one'],
      ['B', 'two'],
    ]);
  });

  it('that are not set are faults at their places, an empty one too', () => {
    const { problems } = put("a: '${A}'\nb: [x, '${B}${C}']\n", { B: '' });
    expect(problems).toEqual(
      [
        ['A', 1, 4],
        ['B', 2, 8],
        ['C', 2, 8],
      ].map(([variable, line, column]) => ({
        file: 'plugins.yaml',
        position: { line, column },
        variable,
        message: `the variable ${variable} is not set`,
        hint: `Add a line ${variable}=… to the file .env beside plugins.yaml.`,
      })),
    );
  });

  it('that are not set are told fifty times, not ten thousand times', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `k${index}: '\${V${index}}'`);
    expect(put(lines.join('\n')).problems).toHaveLength(50);
  });

  it('need not be set for what is switched off', () => {
    const text = "plugins:\n  - use: a\n    enabled: false\n    config: { key: '${A}' }\n";
    const { problems, value } = put(text);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ plugins: [{ config: { key: '${A}' } }] });
  });

  it('are named for the entry that lacks them, and for no other', () => {
    const text =
      "x: '${X}'\nplugins:\n  - use: a\n    config: { k: '${A}', l: ['${B}'] }\n  - use: b\n";
    const { lacks } = put(text);
    expect(lacks.map((names) => [...names])).toEqual([['A', 'B'], []]);
  });
});

describe('the overlay', () => {
  const overlay = { '@pertybot/plugin-irc': { host: 'localhost' }, './mine.ts': { speed: 9 } };

  it('is found by any name of a plugin', () => {
    expect(overlayFor('irc', overlay)).toEqual({ host: 'localhost' });
    expect(overlayFor('@pertybot/plugin-irc', overlay)).toEqual({ host: 'localhost' });
    expect(overlayFor('./mine.ts', overlay)).toEqual({ speed: 9 });
    expect(overlayFor('gpio', overlay)).toBeUndefined();
    expect(overlayFor('constructor', overlay)).toBeUndefined();
  });

  it('takes out what it replaces, so that its variables need not be set', () => {
    const text = "plugins:\n  - use: irc\n    config: { host: '${HOST}', name: '${NAME}' }\n";
    const { problems, overlaid, value } = put(text, { NAME: 'me' }, overlay);
    expect(problems).toEqual([]);
    expect(overlaid).toEqual([['host']]);
    expect(value).toEqual({ plugins: [{ use: 'irc', config: { name: 'me' } }] });
  });

  it('leaves entries alone that are no maps', () => {
    const { overlaid } = put('plugins: [irc, 3, null, { config: text }]', {}, overlay);
    expect(overlaid).toEqual([[], [], [], []]);
  });
});

describe('configs as they are written', () => {
  const written = (text: string) => writtenConfigs(new YamlSource('plugins.yaml', text));

  it('keep the names of variables, and have one text for one meaning', () => {
    const [first, second] = written(
      "plugins:\n  - config: { a: '${A}', b: [1] }\n  - config:\n      a: ${A} # here\n      b:\n        - 1\n",
    );
    expect(first).toBe('{"a":"${A}","b":[1]}');
    expect(second).toBe(first);
  });

  it('are empty where there is none, or nothing can be read', () => {
    expect(written('plugins: [{ use: a }, text, { config: *gone }]')).toEqual(['', '', '']);
    expect(written('plugins: text')).toEqual([]);
    expect(written('')).toEqual([]);
  });
});
