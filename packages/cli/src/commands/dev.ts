import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot dev`. */
export default class Dev extends BaseCommand {
  static override summary = 'Try the bot with a simulated Twitch and a simulated Raspberry Pi.';

  static override description =
    'It needs no account and no wires, and it never touches a true pin or token. ' +
    'In a terminal, type chat lines: !lamp on, or alice: !lamp on, or alice[mod]: !lamp off; ' +
    'or let something happen: alice cheers 100, alice subscribes, alice gifts 5, bob raids 50; ' +
    'help there shows them all. ' +
    'The page that it opens shows the board. ' +
    'From a pipe, lines are taken one after the other, and the bot stops after the last; it ends with 1 where a plugin failed.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    "echo '!lamp on' | <%= config.bin %> <%= command.id %> --json",
    "echo 'bob raids 50' | <%= config.bin %> <%= command.id %>",
    '<%= config.bin %> <%= command.id %> --dir ../my-bot --verbose',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print what happens as JSON, one object a line.' }),
    page: Flags.boolean({
      allowNo: true,
      description: 'Serve the page and open it, as is done at a terminal; --no-page does without.',
    }),
    'manual-login': Flags.boolean({
      description: 'Click through the simulated login in a browser, instead of having it done.',
    }),
  };

  protected override get answersInJson(): boolean {
    return false;
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Dev);
    const { runDev } = await import('../dev/run-dev.js');
    await runDev({
      folder: this.folderOf(flags),
      json: flags.json,
      verbose: flags.verbose,
      manualLogin: flags['manual-login'],
      page: flags.page ?? (process.stdin.isTTY && process.stdout.isTTY),
      logLevel: flags['log-level'],
    });
  }
}
