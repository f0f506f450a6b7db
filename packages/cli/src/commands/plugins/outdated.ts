import { Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot plugins outdated`. */
export default class PluginsOutdated extends BaseCommand {
  static override summary = 'Ask the npm registry for newer versions of PertyBot and the plugins.';

  static override description =
    'It changes nothing, and nobody is asked unless you run it: PertyBot never looks for updates by itself. Exits ' +
    'with 1 when the registry cannot be reached.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(PluginsOutdated);
    const { formatOutdated, listOutdated } = await import('../../plugins/list-outdated.js');
    const { interruptible } = await import('../../bot-process/shutdown.js');
    const { styleFor } = await import('../../terminal/style.js');
    const folder = this.folderOf(flags);
    const ages = await this.patiently('Asking the npm registry', () =>
      interruptible((signal) => listOutdated(folder, signal)),
    );
    this.print(
      flags.json
        ? JSON.stringify(ages, undefined, 2)
        : formatOutdated(ages, styleFor(process.stdout)),
    );
  }
}
