import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot plugins search`. */
export default class PluginsSearch extends BaseCommand {
  static override summary = 'Search the npm registry for plugins.';

  static override description = 'It finds packages that have the keyword pertybot-plugin.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> fan',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  static override args = {
    words: Args.string({ description: 'What to look for; everything without.' }),
  };

  static override strict = false;

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(PluginsSearch);
    const { formatFoundPlugins, searchPlugins } = await import('../../plugins/search-plugins.js');
    const { styleFor } = await import('../../terminal/style.js');
    if (process.stderr.isTTY) process.stderr.write('Searching …\n');
    const found = await searchPlugins(argv.map(String), this.folderOf(flags));
    this.print(
      flags.json
        ? JSON.stringify(found, undefined, 2)
        : formatFoundPlugins(found, styleFor(process.stdout)),
    );
  }
}
