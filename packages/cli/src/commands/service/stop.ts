import { Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot service stop`. */
export default class ServiceStop extends DeedCommand {
  static override summary = 'Stop the service, until the machine starts again.';

  static override examples = ['<%= config.bin %> <%= command.id %>'];

  static override flags = {
    user: Flags.boolean({ description: 'Use your own systemd, not the machine’s.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ServiceStop);
    const { findService } = await import('../../service/bot-service.js');
    const { SystemdHost } = await import('../../service/service-host.js');
    const service = findService(this.folderOf(flags), new SystemdHost(), flags.user);
    await this.patiently('Stopping the bot', () => service.control('stop'));
    this.print(`Stopped ${service.unit}.`);
  }
}
