import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { readBotFileText } from '@pertybot/core/host';
import { ownVersion } from '../bot-folder/own-package.js';
import { writeNewFile } from '../bot-folder/write-files.js';
import { runPluginsAdd } from '../plugins/run-plugins-add.js';
import { CliError } from '../terminal/cli-error.js';
import { type Style, styleFor } from '../terminal/style.js';
import { pluginSource, readPluginName } from './new-plugin.js';
import { packageTemplate } from './package-template.js';

/** What `pertybot plugins create` was told. */
export interface RunPluginsCreateOptions {
  /** Folder of the bot, or the one in which the package is made. */
  readonly folder: string;
  readonly name: string;
  /** Makes a package that can be published, instead of a file of the bot. */
  readonly package: boolean;
  readonly javascript: boolean;
  /** Adds the plugin to plugins.yaml. */
  readonly add: boolean;
  print(text: string): void;
}

/** A command and what it is for. */
type Step = readonly [command: string, what: string];

/**
 * Makes a plugin: a file in the bot's folder, or a package.
 * @throws ConfigError when there is no bot for the file, CliError CLI_FILE_EXISTS when it is there
 */
export async function runPluginsCreate(options: RunPluginsCreateOptions): Promise<void> {
  const { print } = options;
  const name = readPluginName(options.name);
  const steps = options.package ? await makePackage(name, options) : await makeFile(name, options);
  print(`\n${formatSteps(steps, styleFor(process.stdout))}`);
}

async function makeFile(
  name: string,
  { folder, javascript, add, print }: RunPluginsCreateOptions,
): Promise<readonly Step[]> {
  await readBotFileText(folder);
  const path = `plugins/${name}.${javascript ? 'js' : 'ts'}`;
  if (!(await writeNewFile(folder, { path, text: pluginSource(name) }))) {
    throw new CliError('CLI_FILE_EXISTS', `There is a file "${path}" already.`, {
      hint: 'Choose another name.',
    });
  }
  print(`${styleFor(process.stdout).green('✓')} Wrote ${path}.`);
  const plugins = [`./${path}`];
  if (add) {
    const common = { id: undefined, yes: true, allowScripts: false, print };
    await runPluginsAdd({ folder, workingFolder: folder, plugins, ...common });
  }
  return [
    ...(add ? [] : [[`npx pertybot plugins add ./${path}`, 'names it in plugins.yaml'] as const]),
    ['npx pertybot dev', `tries it: type !${name} 3`],
  ];
}

async function makePackage(
  name: string,
  { folder, print }: RunPluginsCreateOptions,
): Promise<readonly Step[]> {
  const made = await createPackage(name, folder);
  print(`${styleFor(process.stdout).green('✓')} Made the package ${made}.`);
  const way = relative(process.cwd(), join(folder, made));
  return [
    [`cd ${way}`, ''],
    ['npm install', ''],
    ['npm test', 'builds it, and talks to it in a bot without Twitch'],
    ['npm run verify', 'what PertyBot asks of a plugin'],
    ['npm publish', 'when it is yours: its name, README and LICENSE'],
  ];
}

function formatSteps(steps: readonly Step[], style: Style): string {
  const width = Math.max(...steps.map(([command]) => command.length));
  const lines = steps.map(([command, what]) =>
    what === '' ? `  ${style.cyan(command)}` : `  ${style.cyan(command.padEnd(width))}  ${what}`,
  );
  return ['Next:', ...lines].join('\n');
}

/**
 * Makes a package with one plugin, in a folder of its name.
 * @param folder where that folder is made
 * @returns its name
 * @throws CliError CLI_FILE_EXISTS when there is such a folder, CLI_FOLDER_LOCKED
 */
async function createPackage(name: string, folder: string): Promise<string> {
  const packageName = `pertybot-plugin-${name}`;
  const home = join(folder, packageName);
  try {
    await mkdir(home);
  } catch (error) {
    throw toFolderError(error, home);
  }
  const year = new Date().getFullYear();
  for (const file of packageTemplate({ name, version: ownVersion(), year })) {
    await writeNewFile(home, file);
  }
  return packageName;
}

function toFolderError(cause: unknown, home: string): CliError {
  if (errorCodeOf(cause) === 'EEXIST') {
    return new CliError('CLI_FILE_EXISTS', `There is a folder "${home}" already.`, {
      hint: 'Choose another name, or remove it first.',
      cause,
    });
  }
  return new CliError('CLI_FOLDER_LOCKED', `"${home}" cannot be made.`, {
    hint: 'Choose a folder that is there and yours.',
    cause,
  });
}
