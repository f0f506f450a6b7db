import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CommandTree, pages, read, readCommandTree, root, wrongWith } from './pages.js';

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

// Listed here, so that a person can follow them; no test asks another host.
const outward = new Set(
  pages.flatMap((page) =>
    [...proseOf(page).matchAll(/\]\(([a-z]+:[^)\s]+)\)/g)].map(([, link = '']) => link),
  ),
);

it.each([...outward].sort())('leads out by https: %s', (link) => {
  expect(new URL(link)).toMatchObject({ protocol: 'https:', username: '', port: '' });
});

describe('what the pages tell to type', () => {
  let tree: CommandTree;
  beforeAll(() => {
    tree = readCommandTree();
  });

  it.each(pages.map((page) => [page]))('is a command with flags that there are: %s', (page) => {
    const typed = [
      ...read(page).matchAll(/(?:npx (?:--no -- )?|npm run |`)pertybot (.*?)(?=[`\n|;&#]|$)/gm),
    ]
      .map(([, words = '']) => words.trim().replace(/^-- /, '').split(/\s+/))
      .filter(([first = '']) => /^[a-z]+$/.test(first) && first !== 'version');
    expect(typed.flatMap((words) => wrongWith(tree, words) ?? [])).toEqual([]);
  });
});
