import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot help`. */
export default class Help extends BaseCommand {
  static override summary = 'Show what a command does, or all commands.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> plugins add',
  ];

  // The words of a command.
  static override strict = false;

  async run(): Promise<void> {
    const { argv } = await this.parse(Help);
    const { loadHelpClass } = await import('@oclif/core');
    const words = argv.map(String);
    if (words.length > 0 && !this.isKnown(words.join(':'))) {
      await this.config.runHook('command_not_found', { id: words.join(':'), argv: [] });
    }
    const HelpClass = await loadHelpClass(this.config);
    await new HelpClass(this.config, this.config.pjson.oclif.helpOptions).showHelp(words);
  }

  private isKnown(id: string): boolean {
    return this.config.findCommand(id) !== undefined || this.config.findTopic(id) !== undefined;
  }
}
