import { Args, Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot plugins update`. */
export default class PluginsUpdate extends DeedCommand {
  static override summary = 'Bring the installed plugins of the bot up to date.';

  static override description =
    'It keeps to the ranges of package.json and to the version of PertyBot, says what is new, asks, and ' +
    'only then tries each new version. If something fails, all is as it was.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> pertybot-plugin-fan',
  ];

  static override args = {
    plugin: Args.string({ description: 'Name of a plugin; all without.' }),
  };

  static override strict = false;

  static override flags = {
    yes: Flags.boolean({ char: 'y', description: 'Update without asking.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(PluginsUpdate);
    const { runPluginsUpdate } = await import('../../plugins/run-plugins-update.js');
    const { yes } = flags;
    const print = (text: string) => this.print(text);
    await runPluginsUpdate(argv.map(String), { folder: this.folderOf(flags), yes, print });
  }
}
