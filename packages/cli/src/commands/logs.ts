import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot logs`. */
export default class Logs extends BaseCommand {
  static override summary = 'Show what the running bot logs, or what the last one logged.';

  static override description =
    'A bot that runs as a service logs to the journal, any other to a file of at most 2 MB in ' +
    '.pertybot/logs.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --lines 200',
    '<%= config.bin %> <%= command.id %> --follow',
  ];

  static override flags = {
    lines: Flags.integer({
      char: 'n',
      default: 50,
      min: 0,
      description: 'How many of the last lines.',
    }),
    follow: Flags.boolean({ char: 'f', description: 'Show what comes, too, until Ctrl-C.' }),
    json: Flags.boolean({ description: 'Print the lines as they were logged.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Logs);
    const { runLogs } = await import('../logs/run-logs.js');
    await runLogs(this.folderOf(flags), { ...flags, print: (text) => this.print(text) });
  }
}
