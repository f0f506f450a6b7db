import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot plugins info`. */
export default class PluginsInfo extends BaseCommand {
  static override summary = 'Show what a plugin is, needs and can be told.';

  static override description =
    'One that is not installed is looked up in the npm registry, and not installed by that.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> gpio',
    '<%= config.bin %> <%= command.id %> pertybot-plugin-fan --json',
  ];

  static override args = {
    plugin: Args.string({ description: 'Id in plugins.yaml, name or path.', required: true }),
  };

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsInfo);
    const { formatPluginDetails, readPluginDetails } = await import(
      '../../plugins/plugin-details.js'
    );
    const { styleFor } = await import('../../terminal/style.js');
    const folder = this.folderOf(flags);
    const details = await this.patiently('Looking at the plugin', () =>
      readPluginDetails(args.plugin, folder),
    );
    this.print(
      flags.json
        ? JSON.stringify(details, undefined, 2)
        : formatPluginDetails(details, styleFor(process.stdout)),
    );
  }
}
