import { accountOf, broadcasterFlags } from '../login/account-flags.js';
import { DeedCommand } from '../terminal/deed-command.js';

/** `pertybot logout`. */
export default class Logout extends DeedCommand {
  static override summary = 'Log the bot out: end its login at Twitch and forget it here.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --broadcaster',
  ];

  static override flags = broadcasterFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Logout);
    const { runLogout } = await import('../login/run-login.js');
    this.print(await runLogout(this.folderOf(flags), accountOf(flags)));
  }
}
