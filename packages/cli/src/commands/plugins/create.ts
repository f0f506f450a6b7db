import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../base-command.js';

/** `pertybot plugins create`. */
export default class PluginsCreate extends BaseCommand {
  static override summary = 'Make a plugin of your own, to begin from.';

  static override description =
    'It writes plugins/NAME.ts, which works at once and needs no build. Nothing is ever overwritten.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> party-lights',
    '<%= config.bin %> <%= command.id %> party-lights --add',
    '<%= config.bin %> <%= command.id %> party-lights --javascript',
  ];

  static override args = {
    name: Args.string({ description: 'Its name, such as party-lights.', required: true }),
  };

  static override flags = {
    add: Flags.boolean({ description: 'Add it to plugins.yaml.' }),
    javascript: Flags.boolean({ description: 'Write JavaScript.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsCreate);
    const { runPluginsCreate } = await import('../../create/run-plugins-create.js');
    const { add, javascript } = flags;
    const print = (text: string) => this.print(text);
    await runPluginsCreate({
      folder: this.folderOf(flags),
      name: args.name,
      add,
      javascript,
      print,
    });
  }
}
