import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf, isPertyError, messageOf, v } from '@pertybot/core';
import { FolderPluginLoader } from '@pertybot/core/host';
import { ownVersion } from '../bot-folder/own-package.js';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { interruptible } from '../bot-process/shutdown.js';
import { runNpm } from '../plugins/npm.js';
import { CliError, type CliErrorCode } from '../terminal/cli-error.js';
import { findCheckout, packCheckout } from './checkout.js';

const listSchema = v.optional(v.record(v.string(), v.string()), {});
const manifestSchema = v.looseObject({ dependencies: listSchema, devDependencies: listSchema });

/** Packages with which plugins are tested, and which no bot needs to run. */
const forAuthors: readonly string[] = ['@pertybot/testing'];

/**
 * Names packages in the package.json of a bot; all else in it stays.
 * @param specs by the names of the packages, such as `^0.1.0` or `file:packages/pertybot-0.1.0.tgz`
 * @throws CliError CLI_FOLDER_LOCKED when it cannot be written, CLI_CONFIG_INVALID when it is no package.json
 */
async function nameDependencies(folder: string, specs: ReadonlyMap<string, string>): Promise<void> {
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

/** The plugins that every new bot uses. */
const plugins = ['oauth', 'irc', 'gpio', 'texts'] as const;

/** What {@link installBot} did: `there` when all was there already, `packed` when it came from a checkout. */
export type Installation = 'there' | 'installed' | 'packed';

/**
 * Installs PertyBot into the folder of a new bot, unless all that it uses is found from there already. One that runs
 * from a checkout packs itself into the folder: the bot then needs neither the checkout nor a registry that has it.
 * @param tell hears what begins, for it takes a while
 * @throws CliError CLI_NPM_FAILED, CLI_INTERRUPTED, or CLI_PLUGIN_REFUSED when a plugin that is there
 * does not load
 */
export async function installBot(
  folder: string,
  tell: (text: string) => void,
): Promise<Installation> {
  if (await isInstalled(folder)) return 'there';
  const checkout = findCheckout();
  try {
    await interruptible(async (signal) => {
      if (checkout !== undefined) await packInto(folder, checkout, { tell, signal });
      else await namePublished(folder);
      tell('Installing PertyBot …');
      await runNpm(['install'], { folder, signal });
    });
  } catch (error) {
    throw toInstallError(error, folder);
  }
  await isInstalled(folder);
  return checkout === undefined ? 'installed' : 'packed';
}

/** How {@link packInto} works. */
export interface Packing {
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Packs a checkout into the folder of a bot, whose package.json then names what was packed.
 * @returns what it names, by the names of the packages
 */
export async function packInto(
  folder: string,
  checkout: string,
  { tell, signal }: Packing,
): Promise<ReadonlyMap<string, string>> {
  tell('Packing PertyBot …');
  const packed = await packCheckout(checkout, folder, signal);
  const specs = new Map(packed.map(({ name, spec }) => [name, spec]));
  await nameDependencies(folder, specs);
  return specs;
}

/** A package.json that was there before the bot may name no PertyBot. */
async function namePublished(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
  if (/"pertybot"\s*:/.test(text)) return;
  await nameDependencies(folder, new Map([['pertybot', `^${ownVersion()}`]]));
}

async function isInstalled(folder: string): Promise<boolean> {
  const loader = new FolderPluginLoader({ folder });
  for (const use of plugins) {
    try {
      await loader.load(use);
    } catch (error) {
      if (errorCodeOf(error) === 'PLUGIN_NOT_INSTALLED') return false;
      // It has a core of its own, and so a PertyBot of its own, with which it runs.
      if (errorCodeOf(error) === 'PLUGIN_SECOND_COPY') return true;
      const why = messageOf(error);
      throw new CliError('CLI_PLUGIN_REFUSED', `The bot is written, but cannot run yet: ${why}`, {
        hint: `Install that anew: npm install @pertybot/plugin-${use}. Then run: npx pertybot dev`,
        cause: error,
      });
    }
  }
  return true;
}

function toInstallError(error: unknown, folder: string): CliError {
  const code = (error instanceof CliError ? error.code : 'CLI_NPM_FAILED') satisfies CliErrorCode;
  const message = `The bot is written, but PertyBot is not installed in it. ${messageOf(error)}`;
  const next = `Then run in "${folder}": npm install`;
  const first = code === 'CLI_INTERRUPTED' || !isPertyError(error) ? undefined : error.hint;
  const hint = first === undefined ? next.replace('Then run', 'Run') : `${first} ${next}`;
  return new CliError(code, message, { hint, cause: error });
}
