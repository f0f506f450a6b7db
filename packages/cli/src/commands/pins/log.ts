import { Errors, Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot pins log`. */
export default class PinsLog extends BaseCommand {
  static override summary = 'Show who switched which pin when, for how long, and what ended it.';

  static override description =
    'The bot remembers the last 10,000 uses of its pins, of the last 30 days. It need not run.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --pin lamp --since 2h',
    '<%= config.bin %> <%= command.id %> --limit 0 --json',
  ];

  static override flags = {
    limit: Flags.integer({
      char: 'n',
      default: 50,
      min: 0,
      description: 'How many of the last uses; 0 for all.',
    }),
    pin: Flags.string({ description: 'Only those of this pin or gadget.', helpValue: 'NAME' }),
    since: Flags.custom<number>({
      description: 'Only those since this time, or of the last 30s, 10m or 24h.',
      helpValue: 'TIME',
      async parse(text) {
        const { readSince } = await import('../../pins/list-pin-uses.js');
        const time = readSince(text, Date.now());
        if (time !== undefined) return time;
        throw new Errors.CLIError(`"${text}" is no time such as 2h or 2026-11-29T20:15.`);
      },
    })(),
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(PinsLog);
    const { listPinUses } = await import('../../pins/list-pin-uses.js');
    this.print(await listPinUses(this.folderOf(flags), flags));
  }
}
