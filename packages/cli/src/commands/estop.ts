import { Flags } from '@oclif/core';
import { BaseCommand } from '../base-command.js';

/** `pertybot estop`. */
export default class Estop extends BaseCommand {
  static override summary = 'Emergency stop: switch every output off, and keep it off.';

  static override description =
    'It holds across restarts, until it is released. Where no bot runs, the next one starts with ' +
    'everything off.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --release',
  ];

  static override flags = {
    release: Flags.boolean({ description: 'Let outputs be switched on again.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Estop);
    const { runEstop } = await import('../run-estop.js');
    this.print(await runEstop(this.folderOf(flags), !flags.release));
  }
}
