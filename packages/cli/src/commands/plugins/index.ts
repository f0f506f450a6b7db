import { Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot plugins`, also called `pertybot plugins list`. */
export default class Plugins extends BaseCommand {
  static override aliases = ['plugins:list'];

  static override summary = 'List the plugins of the bot.';

  static override examples = ['<%= config.bin %> <%= command.id %>'];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Plugins);
    const { formatPluginList, listPlugins } = await import('../../plugins/list-plugins.js');
    const { styleFor } = await import('../../terminal/style.js');
    const folder = this.folderOf(flags);
    const plugins = await this.patiently('Looking at the plugins', () => listPlugins(folder));
    this.print(
      flags.json
        ? JSON.stringify(plugins, undefined, 2)
        : formatPluginList(plugins, styleFor(process.stdout)),
    );
  }
}
