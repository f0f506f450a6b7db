import { Flags } from '@oclif/core';
import { DeedCommand } from '../terminal/deed-command.js';
import { toPlainText } from '../terminal/text.js';

/** `pertybot estop`. */
export default class Estop extends DeedCommand {
  static override summary = 'Emergency stop: switch every output off, and keep it off.';

  static override description =
    'It holds across restarts, until it is released. A bot that does not answer within two seconds ' +
    'has its pins set without it. Where no bot runs, the next one starts with everything off. ' +
    'Exits with 1 when an output is on, or could not be seen to be off.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --release',
  ];

  static override flags = {
    release: Flags.boolean({ description: 'Let outputs be switched on again.' }),
    // What the service runs once its bot is dead.
    'dead-bot': Flags.boolean({ hidden: true, exclusive: ['release'] }),
  };

  // Words that mean nothing here keep nobody from stopping.
  static override strict = false;

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Estop);
    const folder = this.folderOf(flags);
    const words = toPlainText(argv.slice(0, 5).join(' ')).slice(0, 80);
    const unknown = `"${words}${argv.length > 5 ? ' …' : ''}" means nothing to estop`;
    if (argv.length > 0 && flags.release) {
      this.error(`${unknown}: nothing was released.`, { exit: 2 });
    }
    const { engageEstop, releaseEstop, tidyPins } = await import('../estop/run-estop.js');
    if (flags.release) return this.print(await releaseEstop(folder));
    const { text, complete } = await (flags['dead-bot'] ? tidyPins(folder) : engageEstop(folder));
    this.print(text);
    if (argv.length > 0) this.tell(`${unknown}, and was passed over.`);
    if (!complete) this.exit(1);
  }
}
