import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, v } from '@pertybot/core';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { CliError } from '../terminal/cli-error.js';

const listSchema = v.optional(v.record(v.string(), v.string()), {});
const manifestSchema = v.looseObject({ dependencies: listSchema, devDependencies: listSchema });

/** Packages with which plugins are tested, and which no bot needs to run. */
const forAuthors: readonly string[] = ['@pertybot/testing'];

/**
 * Names packages in the package.json of a bot; all else in it stays.
 * @param specs by the names of the packages, such as `^0.1.0` or `file:packages/pertybot-0.1.0.tgz`
 * @throws CliError CLI_FOLDER_LOCKED when it cannot be written, CLI_CONFIG_INVALID when it is no package.json
 */
export async function nameDependencies(
  folder: string,
  specs: ReadonlyMap<string, string>,
): Promise<void> {
  const file = join(folder, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const manifest = read(file, text);
  const dependencies = { ...manifest.dependencies };
  const devDependencies = { ...manifest.devDependencies };
  for (const [name, spec] of specs) {
    const isForAuthors = forAuthors.includes(name) && dependencies[name] === undefined;
    if (isForAuthors) devDependencies[name] = spec;
    else {
      dependencies[name] = spec;
      delete devDependencies[name];
    }
  }
  const hasMore = Object.keys(devDependencies).length > 0;
  const { devDependencies: _, ...others } = manifest;
  const changed = { ...others, dependencies, ...(hasMore && { devDependencies }) };
  await writeFileWhole(file, `${JSON.stringify(changed, undefined, 2)}\n`);
}

function read(file: string, text: string): v.InferOutput<typeof manifestSchema> {
  try {
    const given: unknown = JSON.parse(text);
    const manifest = v.parse(manifestSchema, given);
    // What was there stays in its order.
    return Object.assign({}, given, manifest);
  } catch (cause) {
    throw new CliError('CLI_CONFIG_INVALID', `"${file}" cannot be read: ${messageOf(cause)}`, {
      hint: 'Mend it, or move it away.',
      cause,
    });
  }
}
