import { describe, expect, it } from '@jest/globals';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as v from 'valibot';
import {
  deepestIssues,
  expectationOf,
  pathOf,
  unknownKeysOf,
} from '../../src/bot-file/schema-issue.js';

async function issuesOf(schema: StandardSchemaV1, value: unknown) {
  const result = await schema['~standard'].validate(value);
  return (result.issues ?? []).flatMap(deepestIssues);
}

const light = v.strictObject({ type: v.literal('light'), pin: v.string() });

describe('expectationOf', () => {
  it.each([
    [v.number(), 'x', 'expected a number'],
    [v.boolean(), 1, 'expected true or false'],
    [v.array(v.string()), {}, 'expected a list'],
    [light, 'x', 'expected a map'],
    [v.picklist(['on', 'off']), 'dim', 'expected "on" or "off"'],
    [v.union([v.string(), v.number()]), [], 'expected a text or a number'],
    [v.pipe(v.number(), v.maxValue(10)), 11, 'expected at most 10'],
    [v.pipe(v.number(), v.minValue(1)), 0, 'expected at least 1'],
    [v.pipe(v.string(), v.url()), 'hunter2', 'expected a valid URL'],
    [v.pipe(v.string(), v.regex(/^a$/)), 'hunter2', 'expected /^a$/'],
    [v.pipe(v.string(), v.regex(/^a$/, 'Expected an a.')), 'hunter2', 'expected an a'],
  ])('says for %# what is expected and never what came', async (schema, value, expected) => {
    expect((await issuesOf(schema, value)).map(expectationOf)).toEqual([expected]);
  });

  it('reads the words of zod', () => {
    const issues = [
      { expected: 'number', code: 'invalid_type', path: ['pin'] },
      { code: 'invalid_value', values: ['on', 'off'], path: ['mode'] },
      { code: 'invalid_format', format: 'url', path: ['url'] },
    ] as const;
    const messages = [
      'Invalid input: expected number, received string',
      'Invalid option: expected one of "on"|"off"',
      'Invalid URL',
    ];
    expect(
      issues.map((issue, index) => expectationOf({ ...issue, message: messages[index] ?? '' })),
    ).toEqual(['expected a number', 'expected "on" or "off"', 'expected a valid URL']);
    const keys = { code: 'unrecognized_keys', keys: ['a', 'b'], path: [], message: 'Unrecognized' };
    expect(unknownKeysOf(keys)).toEqual(['a', 'b']);
  });

  it('cuts off what a message says that it received', () => {
    const message = 'Wrong colour: received "hunter2"';
    expect(expectationOf({ message })).toBe('wrong colour');
  });
});

describe('deepestIssues', () => {
  it('goes into the member of a union that the value resembles', async () => {
    const schema = v.object({ when: v.union([v.number(), v.strictObject({ at: v.number() })]) });
    const issues = await issuesOf(schema, { when: { at: 'noon' } });
    expect(issues.map((issue) => [pathOf(issue).join('.'), expectationOf(issue)])).toEqual([
      ['when.at', 'expected a number'],
    ]);
    const plain = await issuesOf(schema, { when: 'noon' });
    expect(plain.map((issue) => pathOf(issue).join('.'))).toEqual(['when']);
  });

  it('does so for zod too', () => {
    const at = { expected: 'number', code: 'invalid_type', path: ['at'], message: 'Invalid input' };
    const number = { expected: 'number', code: 'invalid_type', path: [], message: 'Invalid input' };
    const union = { code: 'invalid_union', errors: [[number], [at]], path: ['when'], message: 'x' };
    expect(deepestIssues(union).map((issue) => pathOf(issue).join('.'))).toEqual(['when.at']);
  });
});
