import { Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot service status`. */
export default class ServiceStatus extends BaseCommand {
  static override summary = 'Show how the service does.';

  static override description = 'Exits with 1 when it is not active.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  static override flags = {
    user: Flags.boolean({ description: 'Use your own systemd, not the machine’s.' }),
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ServiceStatus);
    const { findService } = await import('../../service/bot-service.js');
    const { SystemdHost } = await import('../../service/service-host.js');
    const { formatServiceStatus, readServiceStatus } = await import('../../service/bot-service.js');
    const { styleFor } = await import('../../terminal/style.js');
    const service = findService(this.folderOf(flags), new SystemdHost(), flags.user);
    const status = await readServiceStatus(service);
    const style = styleFor(process.stdout);
    this.print(
      flags.json ? JSON.stringify(status, undefined, 2) : formatServiceStatus(status, style),
    );
    if (status.state !== 'active') this.exit(1);
  }
}
