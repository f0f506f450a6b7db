import { Args, Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot plugins add`. */
export default class PluginsAdd extends DeedCommand {
  static override summary = 'Install a plugin and add it to plugins.yaml.';

  static override description =
    'A plugin is named by its package (@pertybot/plugin-gpio, or gpio for those of PertyBot), by a ' +
    'tarball or by a path. A file or folder of the bot is used where it is; everything else is ' +
    'installed by npm, without running any script of it unless --allow-scripts is given, and tried in a process of its ' +
    'own. If something fails, plugins.yaml, package.json and the installed packages are as they were.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> gpio',
    '<%= config.bin %> <%= command.id %> pertybot-plugin-fan',
    '<%= config.bin %> <%= command.id %> ./plugins/dice.ts',
    '<%= config.bin %> <%= command.id %> ../my-plugin-1.0.0.tgz --yes',
  ];

  static override args = {
    plugin: Args.string({ description: 'Name, tarball or path.', required: true }),
  };

  static override strict = false;

  static override flags = {
    id: Flags.string({ description: 'Id of the entry, to use a plugin twice.' }),
    'allow-scripts': Flags.boolean({
      description: 'Let npm run the install scripts of packages.',
    }),
    yes: Flags.boolean({ char: 'y', description: 'Add it without asking.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(PluginsAdd);
    const { runPluginsAdd } = await import('../../plugins/run-plugins-add.js');
    await runPluginsAdd({
      folder: this.folderOf(flags),
      plugins: argv.map(String),
      id: flags.id,
      yes: flags.yes,
      allowScripts: flags['allow-scripts'],
      print: (text) => this.print(text),
    });
  }
}
