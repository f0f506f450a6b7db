import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  BotFileEditor,
  botFileName,
  defaultId,
  packageNames,
  readBotFileText,
  resolvePlugin,
} from '@pertybot/core/host';
import { readBotEntries } from '@pertybot/core/testing';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { readManifest } from '../plugins/package-manifest.js';
import { readPluginRequest } from '../plugins/plugin-request.js';
import { CliError } from '../terminal/cli-error.js';
import type { TriedPlugin } from './trial.js';

/** A plugin that is to be verified, and its package. */
export interface VerifyTarget extends TriedPlugin {
  /** What was found, as people would call it. */
  readonly title: string;
  /** Folder of its package; undefined for a file of a bot. */
  readonly packageFolder?: string;
}

/** Where to look for what is meant. */
export interface VerifyPlace {
  /** Folder of the bot, whose ids may be meant. */
  readonly folder: string;
  /** Folder from which paths are meant. */
  readonly workingFolder: string;
  /** A folder for what loading a plugin leaves behind. */
  readonly temporary: string;
}

/**
 * Finds the plugin that is meant.
 * @param what path, id in plugins.yaml or name of an installed package; the package around when undefined
 * @throws CliError CLI_PLUGIN_UNKNOWN, PluginError PLUGIN_NOT_INSTALLED
 */
export async function findTarget(
  what: string | undefined,
  place: VerifyPlace,
): Promise<VerifyTarget> {
  const { folder, workingFolder } = place;
  if (what === undefined) {
    if (isPackage(workingFolder) && !existsSync(join(workingFolder, botFileName))) {
      return ofPackage(workingFolder, place);
    }
    throw new CliError('CLI_PLUGIN_UNKNOWN', 'This folder is not that of a plugin’s package.', {
      hint: 'Name the plugin, for example: pertybot plugins verify ./plugins/dice.ts',
    });
  }
  const entry = await findEntry(what, folder);
  const packageNameOf = (path: string) => readManifest(path)?.name;
  // An entry's path begins at the bot's folder, any other where it was typed.
  const from = entry === undefined ? workingFolder : folder;
  const request = readPluginRequest(entry?.use ?? what, {
    folder,
    workingFolder: from,
    packageNameOf,
  });
  const known = entry && { id: entry.id, config: entry.config, written: entry.written };
  if (request.kind === 'local') return { ...ofFile(resolve(folder, request.use), place), ...known };
  if (request.kind === 'files') {
    if (request.folder) return { ...ofPackage(request.path, place), ...known };
    throw new CliError('CLI_PLUGIN_UNKNOWN', `"${what}" is a tarball.`, {
      hint: 'Verify the folder that it was packed from.',
    });
  }
  const name = request.kind === 'short' ? request.guess : request.name;
  const found = await resolvePlugin(name, { folder, resolveFrom: besidePertybot });
  const home = found.kind === 'package' ? found.folder : dirname(found.file);
  return { ...ofPackage(home, place), ...known };
}

function ofPackage(path: string, { temporary }: VerifyPlace): VerifyTarget {
  const name = readManifest(path)?.name ?? '';
  const asInstalled = { use: name, folder: path };
  const asLocal = { use: path, folder: temporary };
  // As a bot has it, by its name. Where that would bring a core of its own, or it is no name, as a bot
  // has a folder.
  const ways = packageNames(name).includes(name) ? [asInstalled, asLocal] : [asLocal];
  return { title: name, id: defaultId(name), ways, packageFolder: path };
}

function ofFile(path: string, { folder, temporary }: VerifyPlace): VerifyTarget {
  const home = existsSync(join(folder, botFileName)) ? folder : temporary;
  return { title: path, id: defaultId(path), ways: [{ use: path, folder: home }] };
}

function isPackage(folder: string): boolean {
  return readManifest(folder)?.name !== undefined;
}

interface FoundEntry {
  readonly id: string;
  readonly use: string;
  readonly config: unknown;
  readonly written: string;
}

async function findEntry(id: string, folder: string): Promise<FoundEntry | undefined> {
  if (!existsSync(join(folder, botFileName))) return undefined;
  const listed = new BotFileEditor(await readBotFileText(folder)).entries;
  if (!listed.some((entry) => entry.id === id)) return undefined;
  const { entries } = await readBotEntries(folder);
  return entries.find((entry) => entry.id === id);
}
