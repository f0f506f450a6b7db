import { Args } from '@oclif/core';
import { DeedCommand } from '../terminal/deed-command.js';

/** `pertybot say`. */
export default class Say extends DeedCommand {
  static override summary = 'Let the running bot say something in its channels.';

  static override examples = ['<%= config.bin %> <%= command.id %> "Back in five minutes!"'];

  static override args = {
    text: Args.string({ description: 'What it says.', required: true }),
  };

  static override strict = false;

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Say);
    const { request } = await import('../control/control-client.js');
    const text = await request(this.folderOf(flags), { ask: 'say', text: argv.join(' ') });
    this.print(text);
  }
}
