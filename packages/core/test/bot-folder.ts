import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the core package under test. */
export const coreFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Folders by their names, texts of files inside. */
export type Files = Readonly<Record<string, string>>;

/** A folder of a bot that is gone after the test. */
export class BotFolder {
  private constructor(readonly folder: string) {}

  /** Makes one with core installed as npm would link it. */
  static async make(files: Files = {}): Promise<BotFolder> {
    const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'pertybot-test-')));
    const bot = new BotFolder(folder);
    await bot.link('node_modules/@pertybot/core', coreFolder);
    await bot.write({ 'package.json': '{ "name": "bot", "type": "module" }', ...files });
    return bot;
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  async write(files: Files): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(this.path(name)), { recursive: true });
      await writeFile(this.path(name), text);
    }
  }

  async link(name: string, target: string): Promise<void> {
    await mkdir(path.dirname(this.path(name)), { recursive: true });
    await symlink(target, this.path(name));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }
}
