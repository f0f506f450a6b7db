import { describe, expect, it } from '@jest/globals';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { knownKeysOf } from '../../src/bot-file/json-schema.js';
import { toJsonSchema } from '../../src/host.js';
import { v } from '../../src/index.js';

const schema = v.strictObject({
  driver: v.optional(v.string()),
  pins: v.array(v.strictObject({ name: v.string() })),
  gadgets: v.record(
    v.string(),
    v.lazy(() =>
      v.variant('type', [
        v.strictObject({ type: v.literal('light'), pin: v.string() }),
        v.strictObject({ type: v.literal('motor'), forward: v.string() }),
      ]),
    ),
  ),
});

/** A schema of another library that can describe itself. */
const standard: StandardSchemaV1 = {
  '~standard': {
    version: 1,
    vendor: 'other',
    validate: (value: unknown) => ({ value }),
    // An extension of the standard that its types do not have.
    ...{
      jsonSchema: {
        input: ({ target }: { target: string }) => ({ title: target, properties: { a: {} } }),
      },
    },
  },
};

/** One that cannot. */
const mute: StandardSchemaV1 = {
  '~standard': { version: 1, vendor: 'mute', validate: (value: unknown) => ({ value }) },
};

describe('knownKeysOf', () => {
  it.each([
    [[], ['driver', 'pins', 'gadgets']],
    [['pins', 0], ['name']],
    [['gadgets'], []],
    [
      ['gadgets', 'lamp'],
      ['type', 'pin', 'forward'],
    ],
    [['nothing', 'here'], []],
  ])('at %j are %j', async (path, keys) => {
    expect((await knownKeysOf(schema))(path)).toEqual(keys);
  });

  it('follows a schema that refers to itself', async () => {
    interface Tree {
      readonly child?: Tree | undefined;
    }
    const tree: v.GenericSchema<Tree> = v.strictObject({ child: v.optional(v.lazy(() => tree)) });
    expect((await knownKeysOf(tree))(['child', 'child', 'child'])).toEqual(['child']);
  });

  it('takes what another library says of its schema, and knows nothing of one that says nothing', async () => {
    expect((await knownKeysOf(standard))([])).toEqual(['a']);
    expect(await toJsonSchema(standard)).toMatchObject({ title: 'draft-07' });
    expect((await knownKeysOf(mute))([])).toEqual([]);
    expect(await toJsonSchema(mute)).toBeUndefined();
  });
});
