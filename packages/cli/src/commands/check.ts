import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot check`. */
export default class Check extends BaseCommand {
  static override summary = 'Check plugins.yaml without starting the bot.';

  static override description =
    'Shows every fault at once, each with its line, or the plugins that would start. Tries them on a board in memory, without Twitch, and tells for every command who may run it, which pins it switches, for how long at most, and for how much of an hour at worst. Exits with 1 when there is a fault.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json --dir ../my-bot',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Check);
    const { runCheck } = await import('../check/run-check.js');
    const folder = this.folderOf(flags);
    const { ok, text } = await this.patiently('Trying the bot', () => runCheck(folder, flags.json));
    this.print(text);
    if (!ok) this.exit(1);
  }
}
