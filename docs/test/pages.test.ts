import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

const root = path.join(__dirname, '..', '..');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'examples/README.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/README.md`),
].filter((page) => existsSync(path.join(root, page)));

const read = (page: string) => readFileSync(path.join(root, page), 'utf8');

/** The text without its blocks of code. */
const proseOf = (page: string) => read(page).replace(/^```[\s\S]*?^```/gm, '');

/** A heading as GitHub makes an anchor of it. */
const toAnchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[`*]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string) =>
  new Set([...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => toAnchor(heading)));

describe.each(pages.map((page) => [page]))('%s', (page) => {
  it('links to files and headings that there are', () => {
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.join(path.dirname(page), file);
        if (!existsSync(path.join(root, target))) return true;
        return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor);
      });
    expect(broken).toEqual([]);
  });
});

describe('what the pages tell to type', () => {
  let known: Map<string, Set<string>>;
  beforeAll(() => {
    // oclif imports each command by itself, which jest's modules cannot.
    const script = `import { Config } from '@oclif/core';
      const config = await Config.load(process.cwd());
      console.log(JSON.stringify(config.commands.map(({ id, aliases, flags }) => ({
        names: [id, ...aliases].map((name) => name.replaceAll(':', ' ')),
        flags: Object.entries(flags).flatMap(([name, { char, allowNo }]) => [
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
    known = new Map(
      commands.flatMap(({ names, flags }) =>
        names.map((name) => [name, new Set([...flags, '--help', '-h'])] as const),
      ),
    );
  });

  it.each(pages.map((page) => [page]))('is a command with flags that there are: %s', (page) => {
    const typed = [
      ...read(page).matchAll(/(?:npx (?:--no -- )?|npm run |`)pertybot (.*?)(?=[`\n|;&#]|$)/gm),
    ]
      .map(([, words = '']) => words.trim().replace(/^-- /, '').split(/\s+/))
      .filter(([first = '']) => /^[a-z]+$/.test(first) && first !== 'version');
    const wrong = typed.filter((words) => {
      const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((each) => known.has(each));
      if (name === undefined) return !['service', 'pins'].includes(words[0] ?? '');
      const flags = words
        .filter((word) => /^--?[a-z]/.test(word))
        .map((word) => word.split('=')[0]);
      return flags.some((flag = '') => !known.get(name)?.has(flag.replace(/[.,)]+$/, '')));
    });
    expect(wrong.map((words) => words.join(' '))).toEqual([]);
  });
});
