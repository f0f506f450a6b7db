import { resolve } from 'node:path';
import { Command, Flags } from '@oclif/core';
import { createRedactor } from '../bot-process/redaction.js';
import { environmentOf } from '../bot-process/secret-values.js';

/**
 * What all commands share: the bot folder, the log level, and errors that end as a sentence and a
 * hint. It loads nothing else than oclif and Node, so that `--help` and `--version` stay quick.
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

  private folder = '.';
  private redact: ((text: string) => string) | undefined;

  /** The bot folder as an absolute path. */
  protected folderOf(flags: { readonly dir: string }): string {
    // As of a variable that is not set: another folder than the one that is meant.
    if (flags.dir.trim() === '') this.error('--dir names no folder.', { exit: 2 });
    this.folder = resolve(flags.dir);
    return this.folder;
  }

  /** Writes to stdout, without the secrets of the bot: plugins may put one into what they say. */
  protected print(text = ''): void {
    process.stdout.write(`${this.hideSecrets(text)}\n`);
  }

  /** Writes to stderr, without the secrets of the bot. */
  protected tell(text: string): void {
    process.stderr.write(`${this.hideSecrets(text)}\n`);
  }

  /**
   * Does `work`, which must print nothing, and says on a terminal what goes on when it takes a while.
   * @param text such as `Asking Twitch`
   */
  protected patiently<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
    return withProgress(text, work);
  }

  private hideSecrets(text: string): string {
    this.redact ??= createRedactor(environmentOf(this.folder));
    return this.redact(text);
  }

  /** Whether `--json` makes one answer, which a fault is, too. A stream of lines leaves its faults to stderr. */
  protected get answersInJson(): boolean {
    return true;
  }

  /** Whether the command has `--json`, and was given it: even of what cannot be read otherwise. */
  protected wantsJson(): boolean {
    const end = this.argv.indexOf('--');
    const words = end === -1 ? this.argv : this.argv.slice(0, end);
    return words.includes('--json') && Object.hasOwn(this.knownFlags(), 'json');
  }

  private knownFlags(): Readonly<Record<string, unknown>> {
    return { ...this.ctor.baseFlags, ...this.ctor.flags };
  }

  protected override async catch(error: Error & { oclif?: { exit?: number } }): Promise<void> {
    const exit = error.oclif?.exit;
    if (exit !== undefined && 'code' in error && error.code === 'EEXIT') throw error;
    const { faultAsJson, reportError } = await import('./report-error.js');
    const usage = exit !== undefined;
    const name = [this.config.bin, this.id?.replaceAll(':', ' ')].join(' ');
    const { misspeltFlag } = await import('./misspelt.js');
    const meant = usage ? misspeltFlag(error, this.knownFlags()) : undefined;
    const help = meant === undefined ? `See ${name} --help` : `Did you mean: ${name} ${meant}`;
    const options = { help: usage ? help : undefined };
    if (this.answersInJson && this.wantsJson()) {
      process.stdout.write(`${this.hideSecrets(faultAsJson(error, options))}\n`);
    } else {
      const verbose = this.argv.includes('--verbose');
      const report = reportError(error, { ...options, stream: process.stderr, verbose });
      process.stderr.write(this.hideSecrets(report));
    }
    this.exit(usage ? exit : 1);
  }
}

/** How long somebody waits without a word, milliseconds. */
const patience = 1_000;

/** What of a stream shows whether somebody watches it. */
export interface WatchedStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Does `work`, and says on a terminal what goes on when it takes longer than a second. The line goes again
 * when it is done.
 * @param text such as `Asking Twitch`
 */
export async function withProgress<Result>(
  text: string,
  work: () => Promise<Result>,
  stream: WatchedStream = process.stderr,
): Promise<Result> {
  if (stream.isTTY !== true) return work();
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    stream.write(`${text} …`);
  }, patience);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    // Back to the beginning of the line, and clear it.
    if (shown) stream.write('\r\u001b[K');
  }
}
