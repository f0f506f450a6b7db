import { Flags } from '@oclif/core';
import { accountOf, broadcasterFlags } from '../login/account-flags.js';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot login`. */
export default class Login extends BaseCommand {
  static override summary = 'Log the bot in to Twitch, or the broadcaster.';

  static override description =
    'Opens the login page in the browser where there is one, or shows a code to enter on another ' +
    'device. A bot that runs notices the new login by itself. The broadcaster, whose channel it is, need ' +
    'log in only where a plugin wants something of that account, such as channel points; `pertybot status` says so.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --device',
    '<%= config.bin %> <%= command.id %> --broadcaster',
  ];

  static override flags = {
    ...broadcasterFlags,
    browser: Flags.boolean({ description: 'In the browser.', exclusive: ['device'] }),
    device: Flags.boolean({ description: 'By a code that is entered on any device.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Login);
    const { runLogin } = await import('../login/run-login.js');
    const { endSoon } = await import('../bot-process/end-soon.js');
    const method = flags.device ? 'device' : flags.browser ? 'browser' : undefined;
    const logLevel = flags['log-level'];
    const account = accountOf(flags);
    this.print(await runLogin({ folder: this.folderOf(flags), account, method, logLevel }));
    endSoon();
  }
}
