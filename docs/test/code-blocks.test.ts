import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import ts from 'typescript';
import { parse } from 'yaml';
import { type Block, blocksIn, root } from './pages.js';

/** A bot of its own whose plugins are what the pages show. */
const folder = mkdtempSync(path.join(tmpdir(), 'blocks-'));
const inFolder = (...names: string[]) => path.join(folder, ...names);

beforeAll(() => {
  symlinkSync(path.join(root, 'node_modules'), inFolder('node_modules'));
  writeFileSync(inFolder('package.json'), '{ "type": "module" }');
  mkdirSync(inFolder('plugins'));
});
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 9 }));

const nameOf = (block: Block) => /^ {2}name: '([a-z-]+)'/m.exec(block.code)?.[1];

describe('TypeScript on the pages', () => {
  const blocks = blocksIn('ts');

  /** A contract is imported by its name, a plugin by whoever tests it. */
  const fileOf = (block: Block, index: number) => {
    const contract = /export const (\w+): InjectionToken/.exec(block.code)?.[1];
    if (contract !== undefined) return `${contract.toLowerCase()}.ts`;
    return `block-${index}-${nameOf(block) ?? 'part'}.ts`;
  };

  it('is right in the eyes of its compiler', () => {
    const places = new Map(blocks.map((block, index) => [fileOf(block, index), block.place]));
    mkdirSync(inFolder('types'));
    for (const [index, block] of blocks.entries()) {
      writeFileSync(inFolder('types', fileOf(block, index)), block.code);
    }
    // What blocks import as `./dice.js` is shown elsewhere on the pages, or in the examples.
    for (const name of ['dice', 'confetti']) {
      const shown = blocks.find((block) => nameOf(block) === name);
      writeFileSync(inFolder('types', `${name}.ts`), shown?.code ?? '');
    }
    mkdirSync(inFolder('plugins'), { recursive: true });
    const treatCount = path.join(root, 'examples', 'treat-dispenser', 'plugins', 'treat-count.ts');
    copyFileSync(treatCount, inFolder('plugins', 'treat-count.ts'));
    const program = ts.createProgram(
      [...places.keys()].map((file) => inFolder('types', file)),
      {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.Node20,
        lib: ['lib.es2023.d.ts'],
        types: ['node'],
        typeRoots: [path.join(root, 'node_modules', '@types')],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      },
    );
    const faults = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
      const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
      const place = places.get(path.basename(file?.fileName ?? '')) ?? file?.fileName;
      return `${place} +${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(faults).toEqual([]);
  }, 120_000);

  it('is a whole plugin where it shows one', () => {
    const parts = blocks.filter((block) => block.code.includes('definePlugin({'));
    const broken = parts.filter((block) => !/^import .*definePlugin/m.test(block.code));
    expect(broken.map(({ place }) => place)).toEqual([]);
  });
});

describe('YAML on the pages', () => {
  /** A block as the whole file that it is a part of. */
  const toFile = (block: Block): Record<string, unknown> => {
    const value = parse(block.code);
    if (Array.isArray(value)) return { plugins: value };
    if ('gadgets' in value) return { plugins: [{ use: 'gpio', config: value }] };
    if ('nodes' in value) {
      return { plugins: [{ use: 'mqtt', config: { broker: 'mqtt://127.0.0.1', ...value } }] };
    }
    return { plugins: [], ...value };
  };

  let isBotFile: ValidateFunction;
  beforeAll(() => {
    // Of two plugins with one name, the first is the simple one.
    const shown = new Map(
      blocksIn('ts')
        .reverse()
        .flatMap((block) => {
          const name = nameOf(block);
          return name === undefined ? [] : [[name, block.code] as const];
        }),
    );
    const used = new Set(
      blocksIn('yaml').flatMap(({ code }) =>
        [...code.matchAll(/use: \.\/plugins\/([a-z-]+)\.ts/g)].map(([, name = '']) => name),
      ),
    );
    const uses = [...used].filter((name) => shown.has(name));
    for (const name of uses)
      writeFileSync(inFolder('plugins', `${name}.ts`), shown.get(name) ?? '');
    const ours = ['oauth', 'irc', 'gpio', 'texts', 'eventsub', 'mqtt', 'dashboard'];
    const lines = [...ours, ...uses.map((name) => `./plugins/${name}.ts`)].map(
      (use) => `  - use: ${use}\n`,
    );
    writeFileSync(inFolder('plugins.yaml'), `plugins:\n${lines.join('')}`);
    const program = path.join(root, 'packages', 'cli', 'bin', 'run.js');
    const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' };
    const { stderr } = spawnSync(process.execPath, [program, 'schema'], { cwd: folder, env });
    expect(String(stderr)).not.toContain('Left out');
    const schema = readFileSync(inFolder('.pertybot', 'plugins.schema.json'), 'utf8');
    isBotFile = new Ajv({
      ...{ strict: false, validateFormats: false },
      // Made once and asked little: its code need not be fast.
      ...{ inlineRefs: false, code: { optimize: false } },
    }).compile(JSON.parse(schema));
  }, 60_000);

  it.each(blocksIn('yaml').map((block) => [block.place, block] as const))(
    'is a part of plugins.yaml, by its schema: %s',
    (_place, block) => {
      isBotFile(toFile(block));
      expect(isBotFile.errors ?? []).toEqual([]);
    },
  );
});
