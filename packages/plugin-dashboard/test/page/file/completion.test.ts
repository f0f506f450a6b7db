// biome-ignore-all lint/suspicious/noThenProperty: JSON Schema calls it so
import { describe, expect, it } from '@jest/globals';
import { type JsonSchema, wordsAt } from '../../../src/page/file/schema-words.js';
import { placeIn } from '../../../src/page/file/yaml-place.js';

const gadget: JsonSchema = {
  properties: {
    type: { anyOf: [{ const: 'light', description: 'A lamp' }, { const: 'servo' }] },
  },
  allOf: [
    {
      if: { properties: { type: { const: 'light' } } },
      then: { properties: { pin: {}, maxOn: { description: 'Longest time' } } },
    },
    {
      if: { properties: { type: { const: 'servo' } } },
      then: { properties: { from: {}, to: {} } },
    },
  ],
};

const schema: JsonSchema = {
  properties: {
    prefix: { type: 'string' },
    watch: { type: 'boolean' },
    plugins: {
      items: {
        properties: { use: { examples: ['irc', 'gpio'] }, id: {}, config: {}, commands: {} },
        allOf: [
          {
            if: { properties: { use: { enum: ['gpio', '@pertybot/plugin-gpio'] } } },
            then: { properties: { config: { $ref: '#/definitions/gpio' } } },
          },
          {
            if: { properties: { use: { enum: ['irc'] } } },
            then: { properties: { config: { $ref: '#/definitions/irc' } } },
          },
        ],
      },
    },
  },
  definitions: {
    gpio: {
      properties: {
        driver: { enum: ['auto', 'simulated'] },
        gadgets: { additionalProperties: gadget },
      },
    },
    irc: { properties: { channels: { items: { type: 'string' } }, secure: { type: 'boolean' } } },
  },
};

/** What may be written at the bar. */
function wordsOf(text: string): readonly string[] {
  const offset = text.indexOf('|');
  const place = placeIn(text.replace('|', ''), offset);
  return place === undefined ? [] : wordsAt(schema, place).map(({ word }) => word);
}

describe('what the editor of plugins.yaml completes', () => {
  it('is the keys of the file at its top, but for those that are there', () => {
    expect(wordsOf('|')).toEqual(['prefix', 'watch', 'plugins']);
    expect(wordsOf('prefix: "!"\npl|')).toEqual(['watch', 'plugins']);
    expect(wordsOf('pl|\nprefix: "!"')).toEqual(['watch', 'plugins']);
  });

  it('is the keys of an entry, and the plugins behind use:', () => {
    expect(wordsOf('plugins:\n  - |')).toEqual(['use', 'id', 'config', 'commands']);
    expect(wordsOf('plugins:\n  - use: irc\n    |')).toEqual(['id', 'config', 'commands']);
    expect(wordsOf('plugins:\n  - use: g|')).toEqual(['irc', 'gpio']);
    expect(wordsOf('plugins:\n- use: irc\n  |')).toEqual(['id', 'config', 'commands']);
  });

  it('is what the plugin of an entry takes, and not what that of another does', () => {
    const before = 'plugins:\n  - use: irc\n    config: { channels: [a] }\n';
    expect(wordsOf(`${before}  - use: gpio # mine\n    config:\n      |`)).toEqual([
      'driver',
      'gadgets',
    ]);
    expect(
      wordsOf(`${before}  - use: "@pertybot/plugin-gpio"\n    config:\n      driver: a|`),
    ).toEqual(['auto', 'simulated']);
    expect(wordsOf('plugins:\n  - use: irc\n    config:\n      |\n  - use: gpio\n')).toEqual([
      'channels',
      'secure',
    ]);
    expect(wordsOf('plugins:\n  - config:\n      |\n    use: gpio\n')).toEqual([
      'driver',
      'gadgets',
    ]);
    expect(wordsOf('plugins:\n  - use: strange\n    config:\n      |')).toEqual([]);
  });

  it('is what a gadget of that type takes, in a block and in brackets', () => {
    const before = 'plugins:\n  - use: gpio\n    config:\n      gadgets:\n';
    expect(wordsOf(`${before}        lamp: { ty|`)).toEqual(['type']);
    expect(wordsOf(`${before}        lamp: { type: l|`)).toEqual(['light', 'servo']);
    expect(wordsOf(`${before}        lamp: { type: light, | }`)).toEqual(['pin', 'maxOn']);
    expect(wordsOf(`${before}        lamp: { |, type: servo }`)).toEqual(['from', 'to']);
    expect(wordsOf(`${before}        lamp:\n          type: light\n          m|`)).toEqual([
      'pin',
      'maxOn',
    ]);
    expect(
      wordsOf(`${before}        a: { type: servo }\n        lamp: { type: light, pin: GPIO17, m|`),
    ).toEqual(['maxOn']);
  });

  it('is true and false where nothing else may stand', () => {
    expect(wordsOf('watch: |')).toEqual(['true', 'false']);
  });

  it('is nothing in a comment, in a text, or where nobody knows what may stand', () => {
    expect(wordsOf('# pl|')).toEqual([]);
    expect(wordsOf('prefix: "!" # w|')).toEqual([]);
    expect(wordsOf('prefix: |')).toEqual([]);
    expect(wordsOf('nonsense:\n  deep:\n    |')).toEqual([]);
    expect(wordsOf('}]{: - |')).toEqual([]);
  });

  it('begins where the word begins, and tells what a word is for', () => {
    const text = 'plugins:\n  - use: gpio\n    config:\n      gadgets:\n        lamp: { type: li';
    const place = placeIn(text, text.length);
    expect(place?.from).toBe(text.length - 2);
    expect(place && wordsAt(schema, place)[0]).toEqual({ word: 'light', about: 'A lamp' });
  });

  it('ends with a schema that refers to itself, and with a file of many lines', () => {
    const circle: JsonSchema = {
      $ref: '#/definitions/a',
      definitions: { a: { $ref: '#/definitions/a' } },
    };
    const place = placeIn('', 0);
    expect(place && wordsAt(circle, place)).toEqual([]);
    const huge = `plugins:\n${'  - use: irc\n    config:\n      secure: true\n'.repeat(5_000)}`;
    expect(wordsOf(`${huge}  - use: irc\n    config:\n      |`)).toEqual(['channels', 'secure']);
  });
});
