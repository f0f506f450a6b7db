import { interruptible } from '../bot-process/signals.js';
import { styleFor } from '../terminal/style.js';
import { changePlugins } from './plugin-change.js';
import { removePlugin } from './remove-plugin.js';

/** Removes a plugin and tells what was done. */
export async function runPluginsRemove(
  what: string,
  folder: string,
  print: (text: string) => void,
): Promise<void> {
  const tell = (text: string) => void process.stderr.write(`${text}\n`);
  const uninstalled = await interruptible((signal) =>
    changePlugins({ folder, command: 'pertybot plugins remove', signal, tell }, (change) =>
      removePlugin(what, folder, change),
    ),
  );
  const also = uninstalled === undefined ? '' : `, and uninstalled ${uninstalled}`;
  print(`${styleFor(process.stdout).green('✓')} Took ${what} out of plugins.yaml${also}.`);
}
