import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf, isPertyError, messageOf } from '@pertybot/core';
import { FolderPluginLoader } from '@pertybot/core/host';
import { ownVersion } from '../bot-folder/own-package.js';
import { interruptible } from '../bot-process/shutdown.js';
import { runNpm } from '../plugins/npm.js';
import { CliError, type CliErrorCode } from '../terminal/cli-error.js';
import { findCheckout, packCheckout } from './checkout.js';
import { nameDependencies } from './name-dependencies.js';

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
