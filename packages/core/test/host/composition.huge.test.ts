// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { describe, expect, it, jest } from '@jest/globals';
import { ConfigError } from '../../src/bot-file/config-error.js';
import { loadComposition } from '../../src/host/composition.js';
import { definePlugin, type Plugin, v } from '../../src/index.js';

jest.setTimeout(60_000);

const strict = definePlugin({
  name: 'strict',
  config: v.strictObject({ pin: v.optional(v.string()) }),
});
const gadgets = definePlugin({
  name: 'gadgets',
  config: v.record(v.string(), v.strictObject({ pin: v.number() })),
});
/** A library whose issue names all unknown keys at once. */
const zodLike = definePlugin({
  name: 'zod-like',
  config: {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value: unknown) => ({
        issues: [{ message: 'Unrecognized keys', keys: Object.keys(Object(value)) }],
      }),
    },
  },
});
const installed: Readonly<Record<string, Plugin>> = { strict, gadgets, 'zod-like': zodLike };

const loader = {
  load: async (use: string) => {
    const plugin = installed[use] ?? definePlugin({ name: 'plain' });
    return { plugin, module: use, resolved: { kind: 'local', file: use }, files: [] } as const;
  },
};

async function faultsOf(text: string): Promise<ConfigError> {
  const failure = loadComposition(text, { environment: {}, overlay: {}, loader });
  const error = await failure.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConfigError) return error;
  throw new Error(`It was taken, or failed otherwise: ${String(error)}`);
}

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const config = (use: string, text: string) => `plugins:\n  - use: ${use}\n    config:\n${text}\n`;

describe('a plugins.yaml that is very wrong', () => {
  it.each([
    [
      'unknown keys',
      config(
        'strict',
        lines(8_000, (i) => `      key${i}: 1`),
      ),
    ],
    [
      'keys that its schema names at once',
      config(
        'zod-like',
        lines(8_000, (i) => `      key${i}: 1`),
      ),
    ],
    [
      'wrong gadgets',
      config(
        'gadgets',
        lines(8_000, (i) => `      key${i}: { pni: 1 }`),
      ),
    ],
    [
      'missing variables',
      config(
        'gadgets',
        lines(8_000, (i) => `      key${i}: \${NO${i}}`),
      ),
    ],
    ['entries', `plugins:\n${lines(12_000, (i) => `  - use: ./plugin${i}.ts`)}\n`],
    ['entries that are none', `plugins:\n${lines(12_000, () => '  - 5')}\n`],
    [
      'keys that stand twice',
      config(
        'gadgets',
        lines(8_000, () => '      key: 1'),
      ),
    ],
    [
      'names of JavaScript',
      config(
        'gadgets',
        lines(8_000, (i) => `      k${i}: { constructor: 1 }`),
      ),
    ],
    ['brackets', '['.repeat(160_000)],
  ])('with very many %s is judged soon, and told in few words', async (_, text) => {
    // What the processor does: a busy machine may take its time.
    const begun = process.cpuUsage();
    const { message } = await faultsOf(text);
    expect(process.cpuUsage(begun).user).toBeLessThan(6_000_000);
    expect(message.match(/^plugins\.yaml:\d+:\d+ /gm)?.length).toBeLessThanOrEqual(50);
    expect(message.length).toBeLessThan(40_000);
  });

  it('says that there are more faults than it tells', async () => {
    const wrong = lines(60, (i) => `      key${i}: { pni: 1 }`);
    const twice = `${config('gadgets', wrong)}  - use: gadgets\n    id: more\n    config:\n${wrong}\n`;
    expect((await faultsOf(twice)).message).toMatch(/\n\nand 50 more$/);
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'refuses the name "%s", which would vanish without a word',
    async (name) => {
      const { message } = await faultsOf(config('gadgets', `      ${name}: { pin: 17 }`));
      expect(message).toBe(
        `plugins.yaml:4:7 "${name}" cannot be a name here\n  4 |       ${name}: { pin: 17 }\n    |       ^\n  Take another word: JavaScript keeps this one for itself.`,
      );
    },
  );

  it('refuses such a name for a command, too', async () => {
    const text = 'plugins:\n  - use: plain\n    commands: { constructor: { enabled: false } }\n';
    expect((await faultsOf(text)).message).toContain('"constructor" cannot be a name here');
  });
});
