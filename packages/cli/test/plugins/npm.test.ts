import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runNpm } from '../../src/plugins/npm.js';

let folder = '';
let environment: NodeJS.ProcessEnv = {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'npm-'));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 9 }));

/** Puts a program in the place of npm. */
async function fakeNpm(script: string): Promise<void> {
  await writeFile(join(folder, 'npm'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'npm'), 0o755);
  environment = { PATH: `${folder}${delimiter}${process.env.PATH}` };
}

describe('runNpm', () => {
  it('gives what npm writes, which never runs scripts nor asks anything', async () => {
    await fakeNpm('echo "$@"');
    const words = await runNpm(['install', 'x'], { folder, environment });
    expect(words).toMatch(/^install x .*--ignore-scripts/);
  });

  it.each([
    ['E404', 'The npm registry has no such package.'],
    ['ETARGET', 'The package has no such version.'],
    ['EAI_AGAIN', 'The npm registry cannot be reached.'],
    ['ERESOLVE', 'The plugin does not go with the installed packages.'],
    ['ENOSPC', 'The disk is full.'],
    ['EACCES', 'The bot’s folder cannot be written.'],
  ])('turns %s into a sentence', async (code, sentence) => {
    await fakeNpm(`echo "npm error code ${code}" >&2; echo "npm error details" >&2; exit 1`);
    await expect(runNpm(['install'], { folder, environment })).rejects.toMatchObject({
      code: 'CLI_NPM_FAILED',
      message: `npm install failed: ${sentence}`,
      hint: expect.stringMatching(/\.$/),
    });
  });

  it('passes on the first line of an error that it does not know', async () => {
    await fakeNpm('echo "npm error code EODD" >&2; echo "npm error odd things" >&2; exit 1');
    await expect(runNpm(['view'], { folder, environment })).rejects.toMatchObject({
      message: 'npm view failed: odd things',
    });
  });

  it('says so when there is no npm', async () => {
    environment = { PATH: folder };
    await expect(runNpm(['install'], { folder, environment })).rejects.toMatchObject({
      message: 'npm was not found.',
    });
  });

  it('ends npm, with the reason of the signal', async () => {
    await fakeNpm('exec sleep 60');
    const controller = new AbortController();
    const running = runNpm(['install'], { folder, environment, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});
