import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '@pertybot/core';
import { parse } from 'yaml';
import { CliError } from '../terminal/cli-error.js';

/**
 * Reads what `--config` was given: a file, or the config itself, both in YAML.
 * @throws CliError CLI_CONFIG_INVALID
 */
export async function readConfig(text: string, workingFolder: string): Promise<unknown> {
  const file = resolve(workingFolder, text);
  const isFile = !/[{\n]/.test(text) && existsSync(file);
  const yaml = isFile ? await readFile(file, 'utf8') : text;
  const config = parseYaml(yaml);
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
  throw new CliError('CLI_CONFIG_INVALID', `"${text}" is neither a file nor a map of options.`, {
    hint: 'Write it like the config of an entry in plugins.yaml: --config "{ pin: GPIO17 }"',
  });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new CliError(
      'CLI_CONFIG_INVALID',
      `The config is no YAML: ${messageOf(cause).split('\n')[0]}`,
      {
        hint: 'Write it like the config of an entry in plugins.yaml: --config "{ pin: GPIO17 }"',
        cause,
      },
    );
  }
}
