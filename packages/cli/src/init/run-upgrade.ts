import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { interruptible } from '../bot-process/shutdown.js';
import { changePlugins } from '../plugins/plugin-change.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { findCheckout, packagesFolder } from './checkout.js';
import { packInto } from './install-bot.js';

/** What `pertybot init --upgrade` was told. */
export interface RunUpgradeOptions {
  readonly folder: string;
  print(text: string): void;
}

/**
 * Brings the PertyBot of a bot to the state of the checkout from which this one runs, wholly or not at all.
 * @throws CliError CLI_NO_CHECKOUT when it was installed: then npm brings the new one
 */
export async function runUpgrade({ folder, print }: RunUpgradeOptions): Promise<void> {
  const checkout = findCheckout();
  if (checkout === undefined) {
    throw new CliError('CLI_NO_CHECKOUT', 'This PertyBot does not run from a checkout.', {
      hint: `Run in "${folder}": npm install pertybot@latest`,
    });
  }
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  const specs = await interruptible((signal) =>
    changePlugins({ folder, command: 'pertybot init --upgrade', signal, tell }, async (change) => {
      const packed = await packInto(folder, checkout, { tell, signal });
      tell('Installing PertyBot …');
      await change.npm(['install']);
      return packed;
    }),
  );
  await removeOld(folder, [...specs.values()]);
  const style = styleFor(process.stdout);
  print(`${style.green('✓')} Upgraded PertyBot in ${packagesFolder}/, and installed it.`);
  print('  A bot that runs goes on with the old one until it is started again.');
}

/** Of ours alone: they end in what is in them. */
const ownTarball = /^pertybot-.*-[0-9a-f]{8}\.tgz$/;

async function removeOld(folder: string, specs: readonly string[]): Promise<void> {
  const named = await readFile(join(folder, 'package.json'), 'utf8');
  const old = (await readdir(join(folder, packagesFolder))).filter(
    (name) =>
      ownTarball.test(name) &&
      !specs.includes(`file:${packagesFolder}/${name}`) &&
      !named.includes(name),
  );
  await Promise.all(old.map((name) => rm(join(folder, packagesFolder, name), { force: true })));
}
