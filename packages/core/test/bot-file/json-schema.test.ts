import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { writeBotFileSchema } from '../../src/host.js';
import { definePlugin, v } from '../../src/index.js';
import { BotFolder } from '../bot-folder.js';

let folder: BotFolder | undefined;

afterEach(() => folder?.remove());

const lamp = v.variant('type', [
  v.strictObject({ type: v.literal('light'), pin: v.string() }),
  v.looseObject({ type: v.string() }),
]);

const gadgets = definePlugin({
  name: 'gadgets',
  about: 'Drives pins',
  config: v.strictObject({
    driver: v.picklist(['auto', 'simulated']),
    gadgets: v.optional(
      v.record(
        v.string(),
        v.lazy(() => lamp),
      ),
    ),
  }),
});

async function write() {
  folder = await BotFolder.make();
  const file = await writeBotFileSchema(folder.folder, [
    { uses: ['gadgets', '@pertybot/plugin-gadgets'], plugin: gadgets },
    { uses: ['./plugins/dice.ts'], plugin: definePlugin({ name: 'dice' }) },
  ]);
  return { file, schema: JSON.parse(await readFile(file, 'utf8')) };
}

describe('writeBotFileSchema', () => {
  it('writes a schema for editors beside the state of the bot', async () => {
    const { file, schema } = await write();
    expect(file).toBe(folder?.path('.pertybot/plugins.schema.json'));
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      required: ['plugins'],
      additionalProperties: false,
    });
    expect(Object.keys(schema.properties)).toEqual(['prefix', 'watch', 'replies', 'plugins']);
  });

  it('knows the keys of an entry and how commands are tuned', async () => {
    const { schema } = await write();
    const entry = schema.properties.plugins.items;
    expect(Object.keys(entry.properties)).toEqual([
      ...['use', 'id', 'config', 'commands', 'rewards', 'enabled', 'startTimeout'],
    ]);
    expect(entry).toMatchObject({ required: ['use'], additionalProperties: false });
    expect(entry.properties.use.examples).toEqual(['gadgets', './plugins/dice.ts']);
    const tuning = entry.properties.commands.additionalProperties;
    expect(tuning.properties.onCooldown.enum).toEqual(['silent', 'once', 'always']);
    expect(tuning.additionalProperties).toBe(false);
  });

  it('describes the config of each plugin where its use: stands', async () => {
    const { schema } = await write();
    const [own, dice] = schema.properties.plugins.items.allOf;
    expect(own).toEqual({
      if: {
        properties: { use: { enum: ['gadgets', '@pertybot/plugin-gadgets'] } },
        required: ['use'],
      },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
      then: {
        properties: {
          config: { description: 'Drives pins', allOf: [{ $ref: '#/definitions/plugin1' }] },
        },
        required: ['config'],
      },
    });
    expect(dice.then.required).toBeUndefined();
    expect(schema.definitions.plugin2).toEqual({ title: 'config of dice', type: 'null' });
    expect(schema.definitions.plugin1.properties.driver.enum).toEqual(['auto', 'simulated']);
  });

  it('leads references to where they are, and takes the first member that fits', async () => {
    const { schema } = await write();
    const { additionalProperties } = schema.definitions.plugin1.properties.gadgets;
    const reference: string = additionalProperties.$ref;
    expect(reference).toMatch(/^#\/definitions\/plugin1\/\$defs\//);
    const target = reference
      .slice(2)
      .split('/')
      .reduce((found, key) => found[key], schema);
    expect(target.oneOf).toBeUndefined();
    expect(target).toMatchObject({
      required: ['type'],
      properties: { type: { anyOf: [{ const: 'light' }, { type: 'string' }] } },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
      allOf: [{ if: { required: ['type'] }, then: { required: ['type', 'pin'] } }, {}],
    });
  });
});
