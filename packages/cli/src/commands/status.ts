import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot status`. */
export default class Status extends BaseCommand {
  static override summary = 'Show how the running bot does, and how its login stands.';

  static override description =
    'Exits with 1 when no bot runs, and when an output may be on though it should be off.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    const { readStatus, showStatus } = await import('../status/show-status.js');
    const folder = this.folderOf(flags);
    const report = await this.patiently('Asking the bot and Twitch', () => readStatus(folder));
    this.print(showStatus(report, flags.json));
    if (!report.bot || report.bot.outputs.some(({ fault }) => fault !== undefined)) this.exit(1);
  }
}
