import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseBotFile } from '../src/bot-file/bot-file.js';
import { botFileSchema, entrySchema } from '../src/bot-file/entry.js';
import { ArgumentTypeCache } from '../src/commands/argument-types.js';
import { commandTuningSchema } from '../src/commands/command-tuning.js';
import { defaultReplies } from '../src/commands/replies.js';
import { eventFacts, reactingEvents } from '../src/contracts/event-facts.js';
import { sentenceOf } from '../src/contracts/replies.js';
import { contextNames } from '../src/host/check-calls.js';
import { FolderPluginLoader } from '../src/load/plugin-loader.js';
import { BotFolder, coreFolder } from './bot-folder.js';

// Each block of a page is a plugin of its own.
jest.setTimeout(60_000);

const docs = path.join(coreFolder, '../../docs');
const read = (name: string) => readFileSync(path.join(docs, name), 'utf8');
const source = (name: string) => readFileSync(path.join(coreFolder, 'src', name), 'utf8');

/** The blocks of a page in one language. */
const blocksOf = (page: string, language: string) =>
  [...read(page).matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

/** What stands in backquotes in the first column below a heading. */
function rowsBelow(page: string, heading: string): readonly string[] {
  const [, below = ''] = read(page).split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [section = ''] = below.split(/^## /m);
  return [...section.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text),
  );
}

/** The quoted literals of a type in a source file. */
function literalsOf(file: string, pattern: RegExp): readonly string[] {
  const [, body = ''] = pattern.exec(source(file)) ?? [];
  return [...body.matchAll(/'([\w.]+)'/g)].map(([, text = '']) => text);
}

const pages = [
  ...['writing-plugins.md', 'commands.md', 'lifecycle.md', 'events.md', 'plugins-yaml.md'],
  'testing-plugins.md',
];

describe('the plugins in the docs', () => {
  let folder: BotFolder;

  beforeAll(async () => {
    folder = await BotFolder.make();
  });

  afterAll(() => folder.remove());

  it.each(['writing-plugins.md', 'commands.md', 'lifecycle.md', 'events.md'])(
    'of %s load as they are',
    async (page) => {
      const blocks = blocksOf(page, 'ts');
      const contract = blocks.find((block) => block.includes('export interface Weather')) ?? '';
      const plugins = blocks
        .filter((block) => block.includes('export default definePlugin('))
        // What needs another package or a build is run where that is.
        .filter((block) => !/plugin-gpio|@injectable/.test(block));
      expect(plugins.length).toBeGreaterThan(0);
      const files = plugins.map((text, index) => [`${page}-${index}.ts`, text] as const);
      await folder.write({ 'weather.ts': contract, ...Object.fromEntries(files) });
      const loader = new FolderPluginLoader({ folder: folder.folder });
      const loaded = await Promise.all(files.map(([name]) => loader.load(`./${name}`)));
      expect(loaded.every(({ plugin }) => plugin.name.length > 0)).toBe(true);
    },
  );

  it('of the first page and of the test page are those that are tested', () => {
    const [dice] = blocksOf('writing-plugins.md', 'ts');
    const [test] = blocksOf('testing-plugins.md', 'ts');
    expect(dice).toBe(read('test/dice.ts'));
    expect(test).toBe(read('test/dice.test.ts'));
    expect(dice?.trim().split('\n').length).toBeLessThanOrEqual(15);
  });
});

describe('the YAML in the docs', () => {
  it.each(pages)('of %s is right', (page) => {
    for (const block of blocksOf(page, 'yaml')) {
      const { problems } = parseBotFile(block, {
        TWITCH_CLIENT_ID: 'x',
        TWITCH_CLIENT_SECRET: 'y',
      });
      expect(problems).toEqual([]);
    }
  });
});

describe('the tables in the docs', () => {
  it('have every key of plugins.yaml', () => {
    expect([...rowsBelow('plugins-yaml.md', 'The file')].sort()).toEqual(
      Object.keys(botFileSchema.entries).sort(),
    );
    const entry = read('plugins-yaml.md').match(/^\| `(\w+)` \|/gm) ?? [];
    for (const key of Object.keys(entrySchema.entries)) expect(entry).toContain(`| \`${key}\` |`);
    for (const key of Object.keys(commandTuningSchema.entries)) {
      expect(read('plugins-yaml.md')).toContain(`\`${key}\``);
    }
  });

  it('have every argument type, and only such', () => {
    const types = new ArgumentTypeCache();
    const rows = rowsBelow('commands.md', 'Signatures')
      .map((text) => text.replaceAll('\\', ''))
      .filter((text) => text !== '[text...]');
    const fourth = rows.filter((text) => types.find(text) === undefined);
    // Beside the first column of types the pattern finds none; chat's own words are no types.
    expect(fourth).toEqual([]);
    for (const type of ['string', 'int', 'number', 'duration', 'user', 'boolean', 'rest']) {
      expect(rows).toContain(type);
    }
  });

  it('have every reason of a refusal', () => {
    expect([...rowsBelow('commands.md', 'Refusals')].sort()).toEqual(
      [...literalsOf('contracts/events.ts', /export type RefusalReason =([^;]*);/)].sort(),
    );
  });

  it('have every reply with its text', () => {
    const [, table = ''] = /## The bot itself\n([\s\S]*?)\n## /.exec(read('replies.md')) ?? [];
    const rows = [...table.matchAll(/^\| `([^`]+)` \| (?:`([^`]+)` )?\|/gm)];
    const texts = Object.keys(defaultReplies).map((key) => [
      key,
      sentenceOf(defaultReplies, key)?.text,
    ]);
    expect(rows.map(([, key, text = '']) => [key, text])).toEqual(texts);
  });

  it('have every state of a plugin', () => {
    const states = [...source('contracts/bot-events.ts').matchAll(/readonly name: '(\w+)'/g)];
    expect([...rowsBelow('lifecycle.md', 'States')].sort()).toEqual(
      states.map(([, name = '']) => name).sort(),
    );
  });

  it('have every event', () => {
    const [, body = ''] =
      /export interface BotEvents \{([\s\S]*?)\n\}/.exec(source('contracts/events.ts')) ?? [];
    const events = [...body.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name);
    expect(
      [
        ...new Set([
          ...rowsBelow('events.md', 'From chat'),
          ...rowsBelow('events.md', 'From EventSub').filter((name) => events.includes(name)),
          ...rowsBelow('events.md', 'From the bot'),
        ]),
      ].sort(),
    ).toEqual(events.sort());
  });

  it('have what each event may be asked, and what texts know of it', () => {
    const [, section = ''] = read('events.md').split(/^## Without code$/m);
    const [table = ''] = section.split(/^## /m);
    const rows = [...table.matchAll(/^\| `(\w+)` \| ([^|]+) \|([^|]*)\|([^|]*)\|$/gm)];
    const inQuotes = (text = '') => [...text.matchAll(/`\{?(\w+)\}?`/g)].map(([, name]) => name);
    expect(
      rows.map(([, event, about, asked, known]) => ({
        event,
        about,
        asked: inQuotes(asked),
        known: inQuotes(known),
      })),
    ).toEqual(
      reactingEvents.map((event) => ({
        event,
        about: eventFacts[event].about,
        asked: Object.keys(eventFacts[event].conditions),
        known: Object.keys(eventFacts[event].values),
      })),
    );
  });

  it('have every member that start receives', () => {
    const named = rowsBelow('writing-plugins.md', 'What start receives').map((text) =>
      text.replace(/\(.*/, ''),
    );
    expect([...named].sort()).toEqual([...contextNames].sort());
  });
});

describe('the links in the docs', () => {
  it.each([...pages, 'errors.md'])('of %s lead somewhere', (page) => {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('http')) continue;
      const [file = '', anchor] = target.split('#');
      const text = readFileSync(path.join(docs, file || page), 'utf8');
      const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w ]/g, '')
          .replaceAll(' ', '-'),
      );
      if (anchor !== undefined) expect(headings).toContain(anchor);
    }
  });
});
