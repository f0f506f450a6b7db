import { readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { LanguageServer } from '../support/language-server.js';
import { repository } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';
import { brokenFiles, fileOf } from './broken-files.js';

const lamps = `import { definePlugin, v } from '@pertybot/core';
import { defineGadget, Gadgets } from '@pertybot/plugin-gpio';
const wled = defineGadget({
  type: 'wled',
  about: 'A lamp in the network',
  entries: { host: v.pipe(v.string(), v.description('Its name in the network.')) },
  create: async () => ({ state: 'off', verbs: {} }),
});
export default definePlugin({
  name: 'lamps',
  about: 'Lamps in the network',
  needs: { gadgets: Gadgets },
  gadgets: [wled],
  async start({ gadgets }) { await gadgets.define(wled); },
});
`;

/** Made once and asked little: its code need not be fast. */
const quick = { strict: false, inlineRefs: false, code: { optimize: false } } as const;

const own = '  - use: ./plugins/lamps.ts\n';
const strip = (host: string) =>
  fileOf(
    `${own}  - use: gpio\n    config:\n      gadgets:\n        strip: { type: wled, ${host} }\n`,
  );

const examples = readdirSync(join(repository, 'examples'), { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => join(repository, 'examples', name));

const modeline = '# yaml-language-server: $schema=./.pertybot/plugins.schema.json\n';

let folder: TestFolder;
let server: LanguageServer;
let fits: ValidateFunction;
let schema: object;
let opened = 0;

beforeAll(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': fileOf(`${own}  - use: gpio\n  - use: texts\n`),
    'plugins/lamps.ts': lamps,
  });
  const { code, stderr } = await askPertybot(['schema'], { folder: folder.path });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  schema = JSON.parse(await readFile(folder.file('.pertybot/plugins.schema.json'), 'utf8'));
  fits = new Ajv({ ...quick, allErrors: true }).compile(schema);
  server = await LanguageServer.start(folder.path);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await folder?.remove();
});

/** What an editor finds in a text. */
const look = (text: string) => server.open(`file${++opened}.yaml`, text);

describe('the schema that `pertybot schema` writes', () => {
  it.each([
    ['the demo', readFileSync(join(repository, 'plugins.yaml'), 'utf8')],
    ["a gadget of a plugin's kind", strip('host: lamp.local')],
    [
      'a pin by its number, and no time',
      fileOf(
        '  - use: gpio\n    config: { gadgets: { a: { type: light, pin: 17, minOff: 0 } } }\n',
      ),
    ],
  ])('fits %s', async (_, text) => {
    expect({ fits: fits(parse(text)), errors: fits.errors }).toEqual({ fits: true, errors: null });
    expect(await look(text.startsWith(modeline) ? text : `${modeline}${text}`)).toEqual([]);
  });

  it.each(examples)('fits %s, whose own plugins it knows', async (example) => {
    const bot = await makeBotFolder({});
    try {
      await cp(example, bot.path, {
        recursive: true,
        filter: (source) => !source.endsWith('.pertybot'),
      });
      await askPertybot(['schema'], { folder: bot.path });
      const text = await readFile(bot.file('plugins.yaml'), 'utf8');
      const file = await readFile(bot.file('.pertybot/plugins.schema.json'), 'utf8');
      const judge = new Ajv(quick).compile(JSON.parse(file));
      expect({ fits: judge(parse(text)), errors: judge.errors }).toEqual({
        fits: true,
        errors: null,
      });
      expect(await server.open(bot.file('plugins.yaml'), `${modeline}${text}`)).toEqual([]);
    } finally {
      await bot.remove();
    }
  });

  it.each(brokenFiles)('refuses what check refuses, on its line: %s', async (_, text, line) => {
    expect(fits(parse(text))).toBe(false);
    expect((await look(text)).map((found) => found.line)).toContain(line);
    await writeFile(folder.file('plugins.yaml'), text);
    const { code, stderr } = await askPertybot(['check'], { folder: folder.path });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`plugins.yaml:${line}:`),
    });
  });

  it("refuses a wrong option of a plugin's kind", async () => {
    expect(fits(parse(strip('hots: lamp.local')))).toBe(false);
    expect((await look(strip('hots: lamp.local'))).map(({ line }) => line)).toContain(7);
  });

  it('says what is expected in words, not as a pattern', async () => {
    const [, text = ''] = brokenFiles.find(([what]) => what === 'a time in words') ?? [];
    const said = (await look(text)).map(({ message }) => message);
    expect(said.join()).toContain('expected a duration such as 500ms, 10s, 5m or 1h');
    expect(said.join()).not.toContain('pattern');
  });

  it('has editors offer the kinds, and the keys of each kind', async () => {
    const gadgets = fileOf(
      '  - use: gpio\n    config:\n      gadgets:\n        a:\n          type: \n        b:\n          type: servo\n          \n',
    );
    await server.open('complete.yaml', gadgets);
    const types = await server.complete('complete.yaml', 7, 17);
    expect(types).toEqual(expect.arrayContaining(['light', 'relay', 'servo', 'wled']));
    const keys = await server.complete('complete.yaml', 10, 11);
    expect(keys).toEqual(expect.arrayContaining(['pin', 'range', 'maxOn']));
    expect(keys).not.toContain('blinkOn');
  });

  it('has editors show what a key is for', async () => {
    const [, text = ''] = brokenFiles.find(([what]) => what === 'a time without its unit') ?? [];
    await server.open('hover.yaml', text);
    const line = text.split('\n')[5] ?? '';
    expect(await server.hover('hover.yaml', 6, line.indexOf('maxOn') + 2)).toContain(
      'Longest time on',
    );
    expect(await server.hover('hover.yaml', 3, 6)).toContain('The plugin: a name such as irc');
  });

  it('says of every property of every plugin what it is for', () => {
    const all = [...propertiesOf(schema)];
    expect(all.length).toBeGreaterThan(250);
    expect(all.filter(({ about }) => about === undefined || about.length < 10)).toEqual([]);
  });
});

/** Every property, but for those of conditions, which name what stands elsewhere. */
function* propertiesOf(
  value: unknown,
  path = '',
): Generator<{ readonly path: string; readonly about: string | undefined }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'if') continue;
    if (key === 'properties') {
      for (const [name, property] of Object.entries(
        child as Record<string, { description?: string }>,
      )) {
        yield { path: `${path}.${name}`, about: property.description };
      }
    }
    yield* propertiesOf(child, `${path}/${key}`);
  }
}
