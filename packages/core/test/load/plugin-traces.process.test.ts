import { execFile } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BotFolder, type Files } from '../bot-folder.js';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../fixtures/trace-plugin.mjs', import.meta.url));

let bot: BotFolder | undefined;

afterEach(() => bot?.remove());

/** Runs {@link script} in a new bot folder. */
async function trace(files: Files, use: string, breakpoint?: string): Promise<Traced> {
  bot = await BotFolder.make(files);
  const env = { ...process.env, NODE_OPTIONS: '' };
  const words = [script, bot.folder, use, ...(breakpoint === undefined ? [] : [breakpoint])];
  const { stdout } = await run(process.execPath, words, { env });
  return JSON.parse(stdout);
}

interface Traced {
  readonly paused: readonly {
    readonly url: string;
    readonly line: number;
    readonly column: number;
  }[];
  readonly stack: string;
}

const urlOf = (name: string) => pathToFileURL(bot?.path(name) ?? '').href;

const dice = `import { definePlugin } from '@pertybot/core';
import { fall } from './lib/fall.js';
interface Sides { readonly sides: number }
enum Face { one = 1, two }
export default definePlugin({
  name: 'dice',
  start(): void {
    const sides: Sides = { sides: Face.two as number }; fall<Sides>(sides);
  },
});
`;
const fall = `export function fall<T>(given: T): never {
  const words: string = \`\${given as unknown as string}!\`; throw new Error(words);
}
`;
const files: Files = { 'plugins/dice.ts': dice, 'plugins/lib/fall.ts': fall };

describe('a local plugin in a process of its own', () => {
  it('has its own files, lines and columns in a stack trace', async () => {
    const { stack } = await trace(files, './plugins/dice.ts');
    const call = dice.split('\n')[7]?.indexOf('fall') ?? 0;
    const thrown = fall.split('\n')[1]?.indexOf('new Error') ?? 0;
    expect(stack.split('\n').slice(0, 3)).toEqual([
      'Error: [object Object]!',
      `    at fall (${urlOf('plugins/lib/fall.ts')}:2:${thrown + 1})`,
      expect.stringContaining(`${urlOf('plugins/dice.ts')}:8:${call + 1}`),
    ]);
    expect(stack).not.toContain('.pertybot');
  }, 60_000);

  it.each([
    ['plugins/dice.ts:8', files, './plugins/dice.ts'],
    ['plugins/lib/fall.ts:2', files, './plugins/dice.ts'],
    [
      'plugins/plain.js:4',
      {
        'plugins/plain.js': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'plain',
  start() { const here = import.meta.url; return here; },
});
`,
      },
      './plugins/plain.js',
    ],
  ])(
    'pauses at a breakpoint in %s',
    async (breakpoint, texts, use) => {
      const [file = '', line] = breakpoint.split(':');
      const { paused } = await trace(texts, use, breakpoint);
      expect(paused).toMatchObject([{ url: urlOf(file), line: Number(line) }]);
    },
    60_000,
  );

  it('that is CommonJS has them too, also where a module imports it', async () => {
    const { stack } = await trace(
      {
        'a.ts': `import { definePlugin } from '@pertybot/core';
import old from './old.cjs';
export default definePlugin({ name: 'a', start: () => old.fall() });
`,
        'old.cjs':
          "const { word } = require('./word.cjs');\nexports.fall = () => {\n  throw new Error(word);\n};\n",
        'word.cjs': "exports.word = 'down';\n",
      },
      './a.ts',
    );
    expect(stack).toMatch(/^Error: down\n {4}at exports\.fall \(.+\/old\.cjs:3:9\)\n/);
    expect(stack).toContain(`${urlOf('a.ts')}:3:59`);
  }, 60_000);
});
