import { Args } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot plugins remove`. */
export default class PluginsRemove extends DeedCommand {
  static override summary = 'Take a plugin out of plugins.yaml and uninstall it.';

  static override description =
    'Its package goes too, unless another entry uses it. If something fails, all is as it was.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> dice',
    '<%= config.bin %> <%= command.id %> pertybot-plugin-fan',
  ];

  static override args = {
    plugin: Args.string({ description: 'Id of the entry, or what its use: says.', required: true }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsRemove);
    const { runPluginsRemove } = await import('../../plugins/remove-plugin.js');
    await runPluginsRemove(args.plugin, this.folderOf(flags), (text) => this.print(text));
  }
}
