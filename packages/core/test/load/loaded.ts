import { afterEach } from '@jest/globals';
import { FolderPluginLoader } from '../../src/load/plugin-loader.js';
import { BotFolder, type Files } from '../bot-folder.js';

export const folders: BotFolder[] = [];

export async function make(files: Files): Promise<BotFolder> {
  const folder = await BotFolder.make(files);
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

export const loaderOf = ({ folder }: BotFolder, resolveFrom: readonly string[] = []) =>
  new FolderPluginLoader({ folder, resolveFrom });

export const load = (folder: BotFolder, use: string) => loaderOf(folder).load(use);

export const plugin = (name: string, about = '') =>
  `import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: '${name}', about: '${about}' });\n`;

export const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, version: '1.2.3', type: 'module', main: 'index.js', ...more });
