import { Args, Flags } from '@oclif/core';
import { DeedCommand } from '../terminal/deed-command.js';

/** `pertybot backup`. */
export default class Backup extends DeedCommand {
  static override summary = 'Pack the bot into one file: plugins.yaml, plugins, packages, stores.';

  static override description =
    'All that is in the folder, except what comes again by itself (node_modules, .git, caches). .env, keys and the ' +
    'logins at Twitch go in with --with-secrets alone. Only you can read the file. The bot may go on running.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /media/usb/my-bot.tar.gz --with-secrets',
  ];

  static override args = {
    file: Args.string({ description: 'Where it is written; by default here, named by the time.' }),
  };

  static override flags = {
    'with-secrets': Flags.boolean({ description: 'Take along .env, keys and logins.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Backup);
    const { runBackup } = await import('../backup/run-backup.js');
    await runBackup({
      folder: this.folderOf(flags),
      file: args.file,
      withSecrets: flags['with-secrets'],
      print: (text) => this.print(text),
    });
  }
}
