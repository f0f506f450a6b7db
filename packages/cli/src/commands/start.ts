import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot start`. */
export default class Start extends BaseCommand {
  static override summary = 'Run the bot on Twitch and on the pins of this machine.';

  static override description =
    'It runs until Ctrl-C or SIGTERM, then switches every pin off and leaves chat. The log goes to ' +
    'stderr: lines for people on a terminal, JSON otherwise.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --dir /home/pi/my-bot --log-level debug',
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Start);
    const { runStart } = await import('../start/run-start.js');
    await runStart({ folder: this.folderOf(flags), logLevel: flags['log-level'] ?? 'info' });
  }
}
