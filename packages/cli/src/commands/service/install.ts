import { Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot service install`. */
export default class ServiceInstall extends DeedCommand {
  static override summary = 'Have systemd run the bot, now and whenever the machine starts.';

  static override description =
    'It runs as the owner of the bot’s folder, is started anew when it fails, and may use nothing but ' +
    'its folder, the network and the pins. With --user it is a service of your own systemd: without ' +
    'sudo, but also without rules about devices.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --print',
    '<%= config.bin %> <%= command.id %> --user',
  ];

  static override flags = {
    user: Flags.boolean({ description: 'Use your own systemd, not the machine’s.' }),
    print: Flags.boolean({ description: 'Print the unit, and do nothing.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ServiceInstall);
    const { BotService } = await import('../../service/bot-service.js');
    const { SystemdHost } = await import('../../service/service-host.js');
    const host = new SystemdHost();
    const scope = flags.user ? 'user' : 'system';
    const service = new BotService(this.folderOf(flags), scope, host);
    if (flags.print) {
      this.print((await service.unitText()).trimEnd());
      return;
    }
    await this.patiently('Starting the bot', () => service.install());
    this.print(`${service.unit} runs the bot, now and whenever the machine starts.`);
    if (flags.user) {
      this.print(
        'It has no rules about devices, and runs while you are logged in, unless you say:',
      );
      this.print('  loginctl enable-linger');
    }
    if (!host.canNotify)
      this.print('There is no systemd-notify, so nothing watches whether it hangs.');
  }
}
