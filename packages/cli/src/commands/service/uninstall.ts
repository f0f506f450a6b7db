import { Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot service uninstall`. */
export default class ServiceUninstall extends DeedCommand {
  static override summary = 'Stop the service, and have systemd forget it.';

  static override examples = ['<%= config.bin %> <%= command.id %>'];

  static override flags = {
    user: Flags.boolean({ description: 'Use your own systemd, not the machine’s.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ServiceUninstall);
    const { findService } = await import('../../service/bot-service.js');
    const { SystemdHost } = await import('../../service/service-host.js');
    const service = findService(this.folderOf(flags), new SystemdHost(), flags.user);
    await this.patiently('Stopping the bot', () => service.uninstall());
    this.print(`${service.unit} is gone. The bot’s folder is as it was.`);
  }
}
