import { Args } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot plugins enable`. */
export default class PluginsEnable extends DeedCommand {
  static override summary = 'Switch a plugin of plugins.yaml on.';

  static override examples = ['<%= config.bin %> <%= command.id %> dice'];

  static override args = {
    plugin: Args.string({ description: 'Id of the entry, or what its use: says.', required: true }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsEnable);
    const { switchPlugin } = await import('../../plugins/remove-plugin.js');
    await switchPlugin(args.plugin, this.folderOf(flags), true);
    this.print(`Switched ${args.plugin} on.`);
  }
}
