import { Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot service logs`. */
export default class ServiceLogs extends BaseCommand {
  static override summary = 'Show what the service logged.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --follow',
  ];

  static override flags = {
    user: Flags.boolean({ description: 'Use your own systemd, not the machine’s.' }),
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
    const { flags } = await this.parse(ServiceLogs);
    const { findService } = await import('../../service/bot-service.js');
    const { SystemdHost } = await import('../../service/service-host.js');
    const { showJournal } = await import('../../logs/run-logs.js');
    const service = findService(this.folderOf(flags), new SystemdHost(), flags.user);
    const print = (text: string) => this.print(text);
    await showJournal(service, { ...flags, print }, this.folderOf(flags));
  }
}
