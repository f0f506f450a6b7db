import { Flags } from '@oclif/core';
import { DeedCommand } from '../../terminal/deed-command.js';

/** `pertybot page password`. */
export default class PagePassword extends DeedCommand {
  static override summary = 'Set the password with which one logs in to the page from elsewhere.';

  static override description =
    'It asks for the password, or takes it as the first line of its input. Only a hash of it is kept. ' +
    'Without https, nobody in the network is more than operator.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --role operator',
    '<%= config.bin %> <%= command.id %> --role operator --remove',
  ];

  static override flags = {
    role: Flags.option({
      description: 'Whom it makes of who knows it.',
      options: ['viewer', 'operator', 'owner'] as const,
      default: 'owner' as const,
    })(),
    remove: Flags.boolean({ description: 'Take it away.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(PagePassword);
    const { runPagePassword } = await import('../../page/run-page-password.js');
    const { role, remove } = flags;
    this.print(await runPagePassword({ folder: this.folderOf(flags), role, remove }));
  }
}
