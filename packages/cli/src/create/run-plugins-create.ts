import { readBotFileText } from '@pertybot/core';
import { CliError } from '../cli-error.js';
import { runPluginsAdd } from '../plugins/run-plugins-add.js';
import { type Style, styleFor } from '../style.js';
import { writeNewFile } from '../write-new-file.js';
import { readPluginName } from './plugin-name.js';
import { pluginSource } from './plugin-source.js';

/** What `pertybot plugins create` was told. */
export interface RunPluginsCreateOptions {
  /** Folder of the bot. */
  readonly folder: string;
  readonly name: string;
  readonly javascript: boolean;
  /** Adds the plugin to plugins.yaml. */
  readonly add: boolean;
  print(text: string): void;
}

/**
 * Makes a plugin of one file in the bot's folder.
 * @throws ConfigError when there is no bot, CliError CLI_FILE_EXISTS when there is such a file
 */
export async function runPluginsCreate(options: RunPluginsCreateOptions): Promise<void> {
  const { folder, javascript, add, print } = options;
  const name = readPluginName(options.name);
  await readBotFileText(folder);
  const path = `plugins/${name}.${javascript ? 'js' : 'ts'}`;
  if (!(await writeNewFile(folder, { path, text: pluginSource(name) }))) {
    throw new CliError('CLI_FILE_EXISTS', `There is a file "${path}" already.`, {
      hint: 'Choose another name.',
    });
  }
  const style = styleFor(process.stdout);
  print(`${style.green('✓')} Wrote ${path}.`);
  if (add) {
    const plugins = [`./${path}`];
    const common = { id: undefined, yes: true, allowScripts: false, print };
    await runPluginsAdd({ folder, workingFolder: folder, plugins, ...common });
  }
  print(`\n${nextSteps(name, path, add, style)}`);
}

function nextSteps(name: string, path: string, added: boolean, style: Style): string {
  const steps = [
    ...(added ? [] : [[`npx pertybot plugins add ./${path}`, 'names it in plugins.yaml']]),
    ['npx pertybot dev', `tries it: type !${name} 3`],
  ];
  const width = Math.max(...steps.map(([command = '']) => command.length));
  const lines = steps.map(
    ([command = '', what]) => `  ${style.cyan(command.padEnd(width))}  ${what}`,
  );
  return ['Next:', ...lines].join('\n');
}
