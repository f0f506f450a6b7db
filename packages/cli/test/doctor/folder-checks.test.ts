import { chmod } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { checkFolder } from '../../src/doctor/folder-checks.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;

beforeEach(async () => {
  folder = await makeBotFolder({ '.env': '', '.pertybot/tokens.json': '{}' });
  await chmod(folder.file('.env'), 0o600);
  await chmod(folder.file('.pertybot'), 0o700);
  await chmod(folder.file('.pertybot/tokens.json'), 0o600);
});

afterEach(() => folder.remove());

it('is content with secrets that are their owner’s alone, or not there', async () => {
  expect(await checkFolder(folder.path)).toMatchObject([{ level: 'ok', subject: 'files' }]);
  await chmod(folder.file('.env'), 0o400);
  expect(await checkFolder(folder.path)).toMatchObject([{ level: 'ok' }]);
  expect(await checkFolder(folder.file('nowhere'))).toMatchObject([{ level: 'ok' }]);
});

it.each([
  ['.env', 0o640, '600'],
  ['.env', 0o604, '600'],
  ['.pertybot', 0o711, '700'],
  ['.pertybot/tokens.json', 0o660, '600'],
])('warns of %s with the mode %o', async (name, mode, right) => {
  await chmod(folder.file(name), mode);
  expect(await checkFolder(folder.path)).toEqual([
    {
      level: 'warning',
      subject: 'files',
      message: `Others may read "${name}".`,
      hint: `Run: chmod ${right} ${name}`,
    },
  ]);
});

it('warns of each', async () => {
  for (const name of ['.env', '.pertybot/tokens.json']) await chmod(folder.file(name), 0o644);
  expect(await checkFolder(folder.path)).toHaveLength(2);
});
