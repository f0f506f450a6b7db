import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot why`. */
export default class Why extends BaseCommand {
  static override summary =
    'Show what did not run lately, what events set off or points bought, and why.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> @alice',
  ];

  static override args = {
    user: Args.string({ description: 'Only those of this viewer.' }),
  };

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Why);
    const { listRefusals } = await import('../why/list-refusals.js');
    this.print(await listRefusals(this.folderOf(flags), { user: args.user, json: flags.json }));
  }
}
