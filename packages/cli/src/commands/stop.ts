import { DeedCommand } from '../terminal/deed-command.js';

/** `pertybot stop`. */
export default class Stop extends DeedCommand {
  static override summary = 'Stop the bot that runs in the folder, and wait until it has ended.';

  static override description =
    'It ends as by Ctrl-C: every pin goes off, chat is left. Exits with 1 when none runs, when it does not end ' +
    'within 30 seconds, and when an output may be on. A service is stopped by `pertybot service stop`; to switch ' +
    'everything off at once and keep it off, there is `pertybot estop`.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --dir ../my-bot',
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Stop);
    const folder = this.folderOf(flags);
    const { runStop } = await import('../stop/run-stop.js');
    const { SystemdHost } = await import('../service/service-host.js');
    const print = (text: string) => this.print(text);
    const isSafe = await this.patiently('Stopping the bot', () =>
      runStop(folder, { host: new SystemdHost(), print }),
    );
    if (!isSafe) this.exit(1);
  }
}
