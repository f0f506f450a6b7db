import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Root of the repository. */
export const root = path.join(__dirname, '..', '..');

/** Pages of a folder whose names end with `.md`. */
const pagesIn = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name));

const readmesIn = (folder: string) =>
  readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/README.md`);

/** Every page that somebody reads, as a path from the root. */
export const pages: readonly string[] = [
  ...pagesIn('.'),
  ...pagesIn('docs'),
  'examples/README.md',
  ...readmesIn('examples'),
  ...readmesIn('packages'),
].filter((page) => existsSync(path.join(root, page)));

/** The text of a page. */
export const read = (page: string): string => readFileSync(path.join(root, page), 'utf8');

/** A block of code, and where it begins. */
export interface Block {
  /** Such as `docs/page.md:60`. */
  readonly place: string;
  readonly page: string;
  readonly code: string;
}

/** Every block in a language, of pages or of all. */
export function blocksIn(language: string, from: readonly string[] = pages): Block[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\n([\\s\\S]*?)^ *\`\`\`$`, 'gm');
  return from.flatMap((page) => {
    const text = read(page);
    return [...text.matchAll(fence)].map(({ 1: indent = '', 2: code = '', index }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      page,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }));
  });
}

/** Names of the commands of pertybot, `plugins add` for one, each with its flags. */
export type CommandTree = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the commands as oclif has them, without what is hidden. */
export function readCommandTree(): CommandTree {
  // oclif imports each command by itself, which jest's modules cannot.
  const script = `import { Config } from '@oclif/core';
    const config = await Config.load(process.cwd());
    console.log(JSON.stringify(config.commands.map(({ id, aliases, flags }) => ({
      names: [id, ...aliases].map((name) => name.replaceAll(':', ' ')),
      flags: Object.entries(flags).flatMap(([name, { char, allowNo, hidden }]) => hidden ? [] : [
        '--' + name,
        ...(char ? ['-' + char] : []),
        ...(allowNo ? ['--no-' + name] : []),
      ]),
    }))));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: path.join(root, 'packages', 'cli'),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
  });
  const commands: { names: string[]; flags: string[] }[] = JSON.parse(output);
  return new Map(
    commands.flatMap(({ names, flags }) =>
      names.map((name) => [name, new Set([...flags, '--help', '-h'])] as const),
    ),
  );
}

/** What is wrong with the words behind `pertybot`, or undefined. */
export function wrongWith(tree: CommandTree, words: readonly string[]): string | undefined {
  const [first = '', second = ''] = words;
  const name = [`${first} ${second}`, first].find((each) => tree.has(each));
  if (name === undefined) {
    // The word before such as `install` is a command of no own.
    const isTopic = [...tree.keys()].some((each) => each.startsWith(`${first} `));
    return isTopic && second === '' ? undefined : `There is no command "${words.join(' ')}".`;
  }
  const unknown = words
    .filter((word) => /^--?[a-z]/.test(word))
    .map((word) => (word.split('=')[0] ?? '').replace(/[.,)]+$/, ''))
    .find((flag) => !tree.get(name)?.has(flag));
  return unknown === undefined ? undefined : `${name} has no flag ${unknown}.`;
}
