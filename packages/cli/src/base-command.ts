import { resolve } from 'node:path';
import { Command, Flags } from '@oclif/core';

/**
 * What all commands share: the bot folder, the log level, and errors that end as a sentence and a
 * hint. It loads nothing but oclif, so that `--help` and `--version` stay quick.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    dir: Flags.string({
      default: '.',
      description: 'Folder of the bot, where plugins.yaml is.',
      helpGroup: 'GLOBAL',
      helpValue: 'FOLDER',
      noCacheDefault: true,
    }),
    'log-level': Flags.option({
      description: 'How much the log on stderr tells.',
      helpGroup: 'GLOBAL',
      options: ['debug', 'info', 'warn', 'error'] as const,
    })(),
    verbose: Flags.boolean({
      description: 'Show what lies under an error, and more of what goes on.',
      helpGroup: 'GLOBAL',
    }),
  };

  /** The bot folder as an absolute path. */
  protected folderOf(flags: { readonly dir: string }): string {
    return resolve(flags.dir);
  }

  /** Writes to stdout. */
  protected print(text = ''): void {
    process.stdout.write(`${text}\n`);
  }

  protected override async catch(error: Error & { oclif?: { exit?: number } }): Promise<void> {
    const exit = error.oclif?.exit;
    if (exit !== undefined && 'code' in error && error.code === 'EEXIT') throw error;
    const { reportError } = await import('./report-error.js');
    const usage = exit !== undefined;
    process.stderr.write(
      reportError(error, {
        stream: process.stderr,
        verbose: this.argv.includes('--verbose'),
        help: usage ? `${this.config.bin} ${this.id?.replaceAll(':', ' ')} --help` : undefined,
      }),
    );
    this.exit(usage ? exit : 1);
  }
}
