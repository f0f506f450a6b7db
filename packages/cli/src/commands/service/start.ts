import { Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot service start`. */
export default class ServiceStart extends DeedCommand {
  static override summary = 'Start the service.';

  static override examples = ['<%= config.bin %> <%= command.id %>'];

  static override flags = {
    user: Flags.boolean({ description: 'Use your own systemd, not the machine’s.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ServiceStart);
    const { findService } = await import('../../service/bot-service.js');
    const { SystemdHost } = await import('../../service/service-host.js');
    const service = findService(this.folderOf(flags), new SystemdHost(), flags.user);
    await this.patiently('Starting the bot', () => service.control('start'));
    this.print(`Started ${service.unit}.`);
  }
}
