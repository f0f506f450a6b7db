import { Flags } from '@oclif/core';
import { BaseCommand } from './base-command.js';

/** A command that does something, and says what came of it: in sentences, or with `--json` as one object. */
export abstract class DeedCommand extends BaseCommand {
  static override baseFlags = {
    ...BaseCommand.baseFlags,
    json: Flags.boolean({
      description: 'Print what came of it as JSON.',
      helpGroup: 'GLOBAL',
    }),
  };

  private readonly said: string[] = [];
  private hasFailed = false;

  protected override print(text = ''): void {
    if (this.wantsJson()) this.said.push(text);
    else super.print(text);
  }

  protected override async catch(error: Error & { oclif?: { exit?: number } }): Promise<void> {
    // Who ends by its exit code has said why; all else is told in place of it.
    this.hasFailed = !('code' in error && error.code === 'EEXIT');
    await super.catch(error);
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    if (this.wantsJson() && !this.hasFailed) {
      const { deedAsJson } = await import('./report-error.js');
      super.print(deedAsJson(this.said, error === undefined));
    }
    await super.finally(error);
  }
}
