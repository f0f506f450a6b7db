import { describe, expect, it } from '@jest/globals';
import { describeOptions, optionsOf } from '../../src/plugins/inspected-plugin.js';

describe('optionsOf', () => {
  it('reads name, default, need and description from a JSON Schema', () => {
    const schema = {
      type: 'object',
      properties: {
        pin: { type: 'string', description: 'where it hangs' },
        speed: { default: 3 },
        mode: {},
      },
      required: ['pin', 'speed'],
    };
    expect(optionsOf(schema)).toEqual([
      { name: 'pin', required: true, about: 'where it hangs' },
      { name: 'speed', required: false, default: '3' },
      { name: 'mode', required: false },
    ]);
  });

  it.each([undefined, {}, { type: 'null' }, { properties: 3 }])('finds none in %j', (schema) => {
    expect(optionsOf(schema)).toEqual([]);
  });
});

describe('describeOptions', () => {
  it('writes a line for each, as YAML would have it', () => {
    expect(
      describeOptions([
        { name: 'pin', required: true, about: 'where it hangs' },
        { name: 'speed', required: false, default: '3' },
        { name: 'mode', required: false },
      ]),
    ).toEqual([
      'config:',
      '  pin:  # required; where it hangs',
      '  speed: 3',
      '  mode:  # optional',
    ]);
  });

  it('writes nothing for a plugin without options', () => {
    expect(describeOptions([])).toEqual([]);
  });
});
