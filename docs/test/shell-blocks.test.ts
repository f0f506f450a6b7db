import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askPertybot } from '../../packages/cli/test/support/served-command.js';
import {
  type Block,
  blocksIn,
  type CommandTree,
  readCommandTree,
  root,
  wrongWith,
} from './pages.js';

const environment = { CI: 'true' };

/** What a page tells to type: one command, its words without quotes. */
interface Typed {
  readonly place: string;
  readonly words: readonly string[];
}

/** Commands of a block: lines without comments, parted at `&&` and `|`. */
const typedIn = ({ place, code }: Block): Typed[] =>
  code
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => line.split(/ && | \| |; /))
    .map((line) =>
      (line.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^['"]|['"]$/g, '')),
    )
    .map((words) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word))))
    .filter((words) => words.length > 0)
    .map((words) => ({ place, words }));

/** What stands behind `pertybot`, however it is called; undefined of another command. */
function pertybotOf({ words }: Typed): readonly string[] | undefined {
  const line = words.join(' ').replace(/^(npx (--no -- )?|npm run (--silent )?)/, '');
  return /^pertybot( |$)/.test(line)
    ? words.slice(words.indexOf('pertybot') + 1).filter((word) => word !== '--')
    : undefined;
}

const blocks = blocksIn('(?:sh|bash)');
const typed = blocks.flatMap(typedIn);

let parent: string;
const bot = () => path.join(parent, 'my-bot');

/** Runs pertybot in the bot of this test, or where it says. */
const run = (words: readonly string[], folder = bot()) =>
  askPertybot(words, { folder, environment });

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'typed-'));
  const { code } = await run(['init', 'my-bot', '--yes', '--no-install'], parent);
  expect(code).toBe(0);
  symlinkSync(path.join(root, 'node_modules'), path.join(bot(), 'node_modules'));
}, 60_000);
afterAll(() => rmSync(parent, { recursive: true, maxRetries: 9 }));

describe('what the blocks of the pages tell to type', () => {
  let tree: CommandTree;
  let scripts: Set<string>;
  beforeAll(async () => {
    tree = readCommandTree();
    await run(['plugins', 'create', 'some', '--package']);
    const scriptsOf = (file: string) => Object.keys(JSON.parse(readFileSync(file, 'utf8')).scripts);
    scripts = new Set([
      ...scriptsOf(path.join(root, 'package.json')),
      ...scriptsOf(path.join(bot(), 'pertybot-plugin-some', 'package.json')),
    ]);
  }, 60_000);

  /** Programs that the pages may take for granted. */
  const ordinary = [
    'cd',
    'cp',
    'curl',
    'docker',
    'echo',
    'git',
    'head',
    'printf',
    'source',
    'sudo',
  ];

  const wrong = (each: Typed): string | undefined => {
    const words = pertybotOf(each);
    if (words !== undefined) return wrongWith(tree, words);
    const [head = '', second = '', third = ''] = each.words;
    if (head === 'npm') {
      if (['install', 'login', 'publish', 'start', 'test'].includes(second)) return undefined;
      return second === 'run' && scripts.has(third)
        ? undefined
        : `npm has no "${second} ${third}" here.`;
    }
    if (head === 'npx') {
      const isInstalled = existsSync(
        path.join(root, 'node_modules', '.bin', second.replace(/@.*/, '')),
      );
      return isInstalled ? undefined : `There is no ${second} for npx.`;
    }
    if (head === 'node') {
      const file = each.words.slice(1).find((word) => /\.m?js$/.test(word)) ?? '';
      const inRepository = file.replace('node_modules/pertybot/', 'packages/cli/');
      // A program of the reader's own.
      return file === 'my-bot.js' || existsSync(path.join(root, inRepository))
        ? undefined
        : `There is no ${file}.`;
    }
    return ordinary.includes(head) || existsSync(path.join(root, head))
      ? undefined
      : `Nobody knows ${head}.`;
  };

  it('is there, each command with its flags', () => {
    expect(typed.length).toBeGreaterThan(50);
    expect(typed.flatMap((each) => wrong(each) ?? []).map(String)).toEqual([]);
  });

  it('would be missed if it were not there', () => {
    const places = [
      'pertybot fly',
      'npx pertybot check --fast',
      'npm run fly',
      'node bench/fly.mjs',
      'fly --now',
    ];
    const found = places.map((code) => typedIn({ place: code, page: '', code }).map(wrong));
    for (const faults of found) expect(faults).toEqual([expect.any(String)]);
  });
});

describe('what ends by itself is run in a bot that init made', () => {
  /** Why a command is not run here, by what it begins with. */
  const elsewhere: readonly [begins: RegExp, why: string][] = [
    [/^(start|login)\b/, 'waits for Twitch'],
    [/^service\b/, 'needs systemd: npm run test:service'],
    [/^mqtt\b/, 'needs Mosquitto: npm test -- plugin-mqtt'],
    [/^pi\b/, "reads the reader's key: npm test -- cli/test/pi"],
    [/^init\b/, 'packs PertyBot: npm run test:pack'],
    [/^plugins (outdated|update|add|search)\b/, 'asks the registry'],
    [/^page( |$)/, 'asks a person'],
    [/^plugins verify($| \.| --)/, 'examines the package of a reader'],
  ];

  /** What they end with where that is not 0: no bot runs, and nobody has filled in .env. */
  const ends: Readonly<Record<string, number>> = { doctor: 1, check: 3, status: 1 };

  const lines = [
    ...new Map(
      typed.flatMap((each) => {
        const words = pertybotOf(each);
        const line = words?.join(' ') ?? '';
        if (words === undefined || elsewhere.some(([begins]) => begins.test(line))) return [];
        return [[line, words] as const];
      }),
    ),
  ];

  it.each(lines)(
    'pertybot %s',
    async (_line, words) => {
      const place = words.indexOf('--dir');
      const example = words[place + 1] ?? '';
      // An example is tried in a copy, since others run it, too.
      if (place >= 0 && example.startsWith('examples/')) {
        cpSync(path.join(root, example), path.join(parent, example), { recursive: true });
        symlinkSync(path.join(root, 'node_modules'), path.join(parent, example, 'node_modules'));
      }
      const folder = example.startsWith('examples/') ? parent : bot();
      const { code, stderr } = await run(words, folder);
      expect([code, code === (ends[words[0] ?? ''] ?? 0) ? '' : stderr]).toEqual([
        ends[words[0] ?? ''] ?? 0,
        '',
      ]);
    },
    120_000,
  );
});
