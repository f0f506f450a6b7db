import { beforeAll, describe, expect, it } from '@jest/globals';
import { toJsonSchema } from '@pertybot/core/host';
import { firstPartyKinds } from '../src/gadgets/kinds/first-party.js';
import { gpioConfigSchema } from '../src/gpio-config.js';
import { header, parsePin } from '../src/pin-name.js';

/** As much of JSON Schema as an editor needs here. */
interface JsonSchema {
  readonly description?: string;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

describe('the schema that editors have of the gpio config', () => {
  let schema: JsonSchema = {};
  beforeAll(async () => {
    schema = (await toJsonSchema(gpioConfigSchema)) as JsonSchema;
  });

  /** The schemas of the gadgets' types, the last one for those of other plugins. */
  const gadgets = () => {
    const each = schema.properties?.gadgets?.additionalProperties;
    return typeof each === 'object' ? (each.anyOf ?? each.oneOf ?? []) : [];
  };
  const foreign = () => gadgets().at(-1)?.properties?.type ?? {};
  const light = () => gadgets()[0]?.properties ?? {};
  const patternOf = ({ anyOf = [], pattern = '' }: JsonSchema) =>
    new RegExp(anyOf.find((member) => member.pattern !== undefined)?.pattern ?? pattern, 'u');

  it('says of every key what it is for', () => {
    expect(Object.keys(schema.properties ?? {})).not.toEqual([]);
    expect([...undescribed(schema)]).toEqual([]);
  });

  it('takes no type of ours for one of another plugin', () => {
    const types = firstPartyKinds.map(({ type }) => type);
    expect(gadgets().map(({ properties }) => properties?.type?.const)).toEqual([
      ...types,
      undefined,
    ]);
    const isForeign = (type: string) => patternOf(foreign()).test(type);
    expect(types.filter(isForeign)).toEqual([]);
    expect(['wled', 'lighthouse', 'rgbw'].filter((type) => !isForeign(type))).toEqual([]);
  });

  it('knows the pins', () => {
    const pattern = patternOf(light().pin ?? {});
    const numbers = Array.from({ length: 45 }, (_, number) => number);
    const forms = ['', 'GPIO', 'gpio', 'BCM', 'BOARD', 'J8:', 'j8:'];
    const texts = forms.flatMap((form) => numbers.map((number) => `${form}${number}`));
    const others = [' GPIO17 ', 'GPIO017', 'GPOI17', 'seventeen', '', '3V3'];
    for (const text of [...texts, ...others]) {
      expect([text, pattern.test(text)]).toEqual([text, isPin(text)]);
    }
    expect(header).toHaveLength(40);
  });

  it.each([
    ['10s', true],
    ['1m30s', true],
    ['1.5 h', true],
    ['500MS', true],
    ['10 minutes', false],
    ['10', false],
    ['', false],
  ])('knows that %j as a time is %j', (text, is) => {
    expect(patternOf(light().maxOn ?? {}).test(text)).toBe(is);
  });
});

function isPin(text: string): boolean {
  try {
    parsePin(text);
    return true;
  } catch {
    return false;
  }
}

/** Keys that say nothing, by their paths. */
function* undescribed(schema: JsonSchema, path = ''): Generator<string> {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    if (value.description === undefined) yield `${path}.${key}`;
  }
  const { properties = {}, $defs = {}, anyOf = [], oneOf = [], items } = schema;
  const { additionalProperties: more } = schema;
  const others = typeof more === 'object' ? { '*': more } : {};
  const named = { ...properties, ...$defs, ...others, ...(items ? { items } : {}) };
  for (const [key, value] of Object.entries(named)) yield* undescribed(value, `${path}.${key}`);
  for (const value of [...anyOf, ...oneOf]) yield* undescribed(value, `${path}|`);
}
