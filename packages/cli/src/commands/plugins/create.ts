import { Args, Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot plugins create`. */
export default class PluginsCreate extends DeedCommand {
  static override summary = 'Make a plugin of your own, to begin from.';

  static override description =
    'It writes plugins/NAME.ts, which works at once and needs no build; or, with --package, a folder ' +
    'pertybot-plugin-NAME with test, README and CI, ready to be published. Nothing is ever overwritten.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> party-lights',
    '<%= config.bin %> <%= command.id %> party-lights --add',
    '<%= config.bin %> <%= command.id %> party-lights --javascript',
    '<%= config.bin %> <%= command.id %> party-lights --package',
  ];

  static override args = {
    name: Args.string({ description: 'Its name, such as party-lights.', required: true }),
  };

  static override flags = {
    add: Flags.boolean({ description: 'Add it to plugins.yaml.', exclusive: ['package'] }),
    javascript: Flags.boolean({ description: 'Write JavaScript.', exclusive: ['package'] }),
    package: Flags.boolean({ description: 'Make a package that can be published.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsCreate);
    const { runPluginsCreate } = await import('../../create/run-plugins-create.js');
    await runPluginsCreate({
      folder: this.folderOf(flags),
      name: args.name,
      package: flags.package,
      javascript: flags.javascript,
      add: flags.add,
      print: (text) => this.print(text),
    });
  }
}
