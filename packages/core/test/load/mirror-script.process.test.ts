import { readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { MirrorScript } from '../../src/load/mirror-script.js';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'mirrors-')));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 9 }));

const order = (name: string) => ({
  entry: path.join(folder, name),
  folder,
  cache: path.join(folder, 'cache'),
  resolveFrom: [],
});

it('answers each of a hundred, also where some of them cannot be made', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `plugin${index}.ts`);
  for (const name of names.slice(1)) {
    const text =
      name === 'plugin50.ts' ? 'export default {;' : `export default '${name}' as string;`;
    await writeFile(path.join(folder, name), text);
  }
  const script = new MirrorScript();
  const answers = await Promise.all(names.map((name) => script.run(order(name))));
  const made = answers.flatMap((answer, index) =>
    typeof answer === 'object' && answer !== null && 'main' in answer ? [index] : [],
  );
  expect(answers[0]).toMatchObject({ error: { code: 'ENOENT' } });
  expect(answers[50]).toMatchObject({ error: { line: 1 } });
  expect(made).toHaveLength(98);
  expect(answers[99]).toMatchObject({ files: [{ file: path.join(folder, 'plugin99.ts') }] });
});

it('answers who comes while it works', async () => {
  await writeFile(path.join(folder, 'a.ts'), 'export default 1;');
  await writeFile(path.join(folder, 'b.ts'), 'export default 2;');
  const script = new MirrorScript();
  const first = script.run(order('a.ts'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = script.run(order('b.ts'));
  expect(await first).toMatchObject({ files: [{ file: path.join(folder, 'a.ts') }] });
  expect(await second).toMatchObject({ files: [{ file: path.join(folder, 'b.ts') }] });
});

const living = () =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);

/** Those that a suite before this one left to the same worker of jest. */
const others = new Set(living());

/** Ids of the processes that the test started and that live. */
const children = () => living().filter((id) => !others.has(id));

const untilNone = async () => {
  while (children().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** One that has answered may live on for a moment. */
beforeEach(untilNone);

it('gives the next orders to the process that it was told to prepare, and no later ones', async () => {
  await writeFile(path.join(folder, 'a.ts'), 'export default 1;');
  const script = new MirrorScript();
  script.prepare();
  script.prepare();
  const prepared = children();
  expect(prepared).toHaveLength(1);
  const first = script.run(order('a.ts'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(children()).toEqual(prepared);
  expect(await first).toMatchObject({ files: [{ file: path.join(folder, 'a.ts') }] });
  expect(await script.run(order('a.ts'))).toMatchObject({ commonJs: false });
});

it('ends the process that it prepared when there is nothing to do', async () => {
  const script = new MirrorScript();
  script.prepare();
  script.release();
  script.release();
  await untilNone();
});

it('starts another process where the one that it prepared was killed', async () => {
  await writeFile(path.join(folder, 'a.ts'), 'export default 1;');
  const script = new MirrorScript();
  script.prepare();
  process.kill(Number(children()[0]), 'SIGKILL');
  await untilNone();
  expect(await script.run(order('a.ts'))).toMatchObject({ commonJs: false });
});
