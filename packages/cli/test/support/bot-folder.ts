import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from './run-pertybot.js';

/** A bot folder for one test. */
export interface TestFolder {
  readonly path: string;
  file(name: string): string;
  remove(): Promise<void>;
}

/** Makes a bot folder with these files. */
export async function makeBotFolder(files: Readonly<Record<string, string>>): Promise<TestFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'bot-')));
  const file = (name: string) => join(path, name);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(file(name)), { recursive: true });
    await writeFile(file(name), content);
  }
  return { path, file, remove: () => rm(path, { recursive: true, force: true, maxRetries: 9 }) };
}

/** Makes a copy of the demo bot, so that one that runs in the repository does not matter. */
export async function copyDemoBot(): Promise<TestFolder> {
  const folder = await makeBotFolder({});
  await cp(join(repository, 'plugins.yaml'), folder.file('plugins.yaml'));
  await cp(join(repository, 'plugins'), folder.file('plugins'), { recursive: true });
  await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
  return folder;
}
