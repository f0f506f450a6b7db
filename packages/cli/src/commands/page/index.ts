import { Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot page`. */
export default class Page extends DeedCommand {
  static override summary =
    'Open the page of the bot: the board, chat, why, and the emergency stop.';

  static override description =
    'Prints a link that lets its bearer in once, within two minutes, and opens it where there is a screen. ' +
    'Where no bot runs, or none that answers, it serves a page with plugins.yaml and the emergency stop.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --role operator',
  ];

  static override flags = {
    role: Flags.option({
      description: 'What its bearer may do: look, drive and stop, or all.',
      options: ['viewer', 'operator', 'owner'] as const,
      default: 'owner' as const,
    })(),
    open: Flags.boolean({ allowNo: true, default: true, description: 'Open it.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Page);
    const { runPage } = await import('../../page/run-page.js');
    const print = (text: string) => this.print(text);
    await runPage({ folder: this.folderOf(flags), role: flags.role, opens: flags.open, print });
  }
}
