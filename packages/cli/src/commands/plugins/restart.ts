import { Args } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot plugins restart`. */
export default class PluginsRestart extends DeedCommand {
  static override summary = 'Stop a plugin of the running bot, and start it again.';

  static override description = 'Its pins go off meanwhile. What needs it is restarted, too.';

  static override examples = ['<%= config.bin %> <%= command.id %> dice'];

  static override args = {
    plugin: Args.string({ description: 'Id of the plugin.', required: true }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsRestart);
    const { request } = await import('../../control/control-client.js');
    this.print(await request(this.folderOf(flags), { ask: 'restart', plugin: args.plugin }));
  }
}
