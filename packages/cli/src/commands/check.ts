import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot check`. */
export default class Check extends BaseCommand {
  static override summary = 'Check plugins.yaml without starting anything.';

  static override description =
    'Shows every fault at once, each with its line, or the plugins that would start, and tells for every command who may run it, which pins it switches, for how long at most, and for how much of an hour at worst. It imports the plugins, which runs what stands at the top of their files, and starts none: it knows what they declare, and what they brought when they ran last. With --try it starts them, in a process that can write nothing, on a board in memory and without Twitch; they may reach the network. Exits with 1 when there is a fault, and with 3 when nothing but variables is missing.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --try',
    '<%= config.bin %> <%= command.id %> --json --dir ../my-bot',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
    try: Flags.boolean({
      description:
        'Start the plugins on a board in memory, without Twitch, to learn what they bring.',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Check);
    const { runCheck } = await import('../check/run-check.js');
    const folder = this.folderOf(flags);
    const { code, text } = await this.patiently('Looking at the bot', () =>
      runCheck(folder, {
        json: flags.json,
        isTrial: flags.try,
        tell: (line) => this.tell(line),
      }),
    );
    this.print(text);
    if (code !== 0) this.exit(code);
  }
}
