import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const script = fileURLToPath(new URL('../published.mjs', import.meta.url));
const run = promisify(execFile);
const old = 'https://github.com/old/place';
const moved = 'https://codeberg.example/new/home';

let root = '';

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

async function published(...words: string[]): Promise<{ code: number; stderr: string }> {
  try {
    await run(process.execPath, [path.join(root, 'tools', 'published.mjs'), ...words]);
    return { code: 0, stderr: '' };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, stderr };
  }
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'pertybot-published-'));
  mkdirSync(path.join(root, 'tools'));
  cpSync(script, path.join(root, 'tools', 'published.mjs'));
  put('package.json', JSON.stringify({ repository: { url: `git+${moved}.git` } }));
  put('docs/safety.md', '# Safety\n\n## The guard, `maxOn`\n\n```sh\n# no heading\n```\n');
  put(
    'packages/one/package.json',
    '{\n  "name": "one",\n  "license": "MIT",\n  "type": "module"\n}\n',
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what npm shows of a package', () => {
  it('is that of the address of the repository, for all of ours', async () => {
    const { stderr } = await run(process.execPath, [script]);
    expect(stderr).toBe('');
  });

  it('is told where it is not, and mended on request', async () => {
    put(
      'packages/one/README.md',
      '[a](../../docs/safety.md#the-guard-maxon) [b](#here) [c](src)\n',
    );
    put('packages/one/src/index.ts', '');
    const { code, stderr } = await published();
    expect(code).toBe(1);
    expect(stderr).toContain('packages/one: package.json does not have the repository');
    expect(stderr).toContain('packages/one: README.md has links that npm cannot follow.');
    expect(stderr).toContain('Run: node tools/published.mjs --write');
    expect((await published('--write')).code).toBe(0);
    expect((await published()).code).toBe(0);
    expect(JSON.parse(read('packages/one/package.json'))).toMatchObject({
      homepage: `${moved}/tree/main/packages/one#readme`,
      bugs: `${moved}/issues`,
      repository: { url: `git+${moved}.git`, directory: 'packages/one' },
    });
    expect(Object.keys(JSON.parse(read('packages/one/package.json')))[2]).toBe('homepage');
    expect(read('packages/one/README.md')).toBe(
      `[a](${moved}/blob/main/docs/safety.md#the-guard-maxon) [b](#here) [c](${moved}/tree/main/packages/one/src)\n`,
    );
  });

  it('follows the repository when it moves, and leaves the links of others', async () => {
    const others = '[o](https://github.com/others/place/blob/main/README.md)';
    put('packages/one/README.md', `[a](${old}/blob/main/docs/safety.md) ${others}\n`);
    put(
      'packages/one/package.json',
      JSON.stringify({ name: 'one', repository: { url: `git+${old}.git` } }),
    );
    expect((await published('--write')).code).toBe(0);
    expect(read('packages/one/README.md')).toBe(
      `[a](${moved}/blob/main/docs/safety.md) ${others}\n`,
    );
  });

  it.each([
    ['../../docs/nowhere.md', 'README.md leads to "docs/nowhere.md", which does not exist.'],
    [
      '../../docs/safety.md#gard',
      'leads to "docs/safety.md#gard", and that page has no such heading',
    ],
    ['../../docs/safety.md#no-heading', 'has no such heading'],
  ])('is told of a link to nothing: %s', async (target, told) => {
    put('packages/one/README.md', `[a](${target})\n`);
    const { code, stderr } = await published('--write');
    expect(code).toBe(1);
    expect(stderr).toContain(told);
  });
});
