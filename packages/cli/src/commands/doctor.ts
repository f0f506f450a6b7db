import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot doctor`. */
export default class Doctor extends BaseCommand {
  static override summary = 'Look at the machine, the bot and its login, and say what to mend.';

  static override description = 'Exits with 1 when something is in the way of the bot.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --no-network --json',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
    network: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'Ask Twitch whether it can be reached and how the login stands.',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const { runDoctor } = await import('../doctor/run-doctor.js');
    const folder = this.folderOf(flags);
    const { ok, text } = await this.patiently('Examining', () => runDoctor(folder, flags));
    this.print(text);
    if (!ok) this.exit(1);
  }
}
