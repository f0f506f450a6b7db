import { Args } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot completion`. */
export default class Completion extends BaseCommand {
  static override summary = 'Print what lets a shell complete pertybot with the Tab key.';

  static override description =
    'Written to the start-up file of the shell it completes commands, flags and their values. It works for the ' +
    'word pertybot; where it is run by npx, an alias helps: alias pertybot="npx pertybot".';

  static override examples = [
    'source <(<%= config.bin %> <%= command.id %> bash)',
    'source <(<%= config.bin %> <%= command.id %> zsh)',
    '<%= config.bin %> <%= command.id %> fish | source',
  ];

  static override args = {
    shell: Args.string({
      description: 'Which shell.',
      options: ['bash', 'zsh', 'fish'],
      required: true,
    }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Completion);
    const { completionFor } = await import('../completion/completion-for.js');
    process.stdout.write(completionFor(args.shell, this.config));
  }
}
