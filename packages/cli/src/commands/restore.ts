import { Args, Flags } from '@oclif/core';
import { DeedCommand } from '../terminal/deed-command.js';

/** `pertybot restore`. */
export default class Restore extends DeedCommand {
  static override summary = 'Bring a bot back from what pertybot backup wrote.';

  static override description =
    'The whole file is checked before anything is written, and all of it comes back or nothing. A bot that runs has to ' +
    'be stopped first. Files that are there and would become others are replaced with --force alone; what the backup ' +
    'does not hold stays.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> my-bot-backup-20260301-120000.tar.gz --dir my-bot',
    '<%= config.bin %> <%= command.id %> /media/usb/my-bot.tar.gz --force',
  ];

  static override args = {
    file: Args.string({ description: 'What pertybot backup wrote.', required: true }),
  };

  static override flags = {
    force: Flags.boolean({ description: 'Replace files that are there.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Restore);
    const { resolve } = await import('node:path');
    const { runRestore } = await import('../backup/run-restore.js');
    await runRestore({
      folder: this.folderOf(flags),
      file: resolve(args.file),
      force: flags.force,
      print: (text) => this.print(text),
      tell: (text) => this.tell(text),
    });
  }
}
