import { describe, expect, it } from '@jest/globals';
import { forEditors } from '../../src/bot-file/editor-unions.js';

const light = {
  type: 'object',
  properties: { type: { const: 'light', description: 'A lamp.' }, pin: {} },
};
const motor = { type: 'object', properties: { type: { const: 'motor' }, forward: {} } };
const other = { type: 'object', properties: { type: { type: 'string' } } };

describe('a union in a JSON Schema', () => {
  it('whose members one key tells apart says so, with all that they are', () => {
    expect(forEditors({ oneOf: [light, motor], title: 'A gadget' })).toEqual({
      title: 'A gadget',
      type: 'object',
      required: ['type'],
      properties: {
        type: {
          description: 'What it is; the other keys go by that.',
          anyOf: [light.properties.type, motor.properties.type],
        },
      },
      allOf: [
        {
          if: { properties: { type: { const: 'light' } }, required: ['type'] },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
          then: light,
        },
        {
          if: { properties: { type: { const: 'motor' } }, required: ['type'] },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
          then: motor,
        },
      ],
    });
  });

  it('may have one member that takes all others', () => {
    expect(forEditors({ oneOf: [light, motor, other] })).toHaveProperty('allOf');
    expect(forEditors({ oneOf: [light, other, other] })).toEqual({ anyOf: [light, other, other] });
  });

  it.each([
    ['the key is missing in one', [light, { type: 'object', properties: { pin: {} } }]],
    ['two have the same word', [light, light]],
    ['one is no map', [light, { type: 'string' }]],
    ['one is nothing', [light, null]],
    ['one has no properties to look at', [light, { properties: null }]],
    ['it has none', []],
  ])('takes any that fits where %s', (_, oneOf) => {
    expect(forEditors({ oneOf, title: 'x' })).toEqual(
      oneOf.length === 0 ? expect.anything() : { anyOf: oneOf, title: 'x' },
    );
  });

  it('that is none, or says both already, stays as it is', () => {
    const both = { oneOf: [light], anyOf: [motor] };
    expect(forEditors(both)).toBe(both);
    for (const value of [null, 5, 'x', { anyOf: [] }, { oneOf: 'x' }, []]) {
      expect(forEditors(value)).toBe(value);
    }
  });
});
