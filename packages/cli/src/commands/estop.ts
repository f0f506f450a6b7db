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
    const passedOver = await this.takeOutUnknown();
    const { flags, argv } = await this.parse(Estop);
    passedOver.push(...argv);
    const folder = this.folderOf(flags);
    const words = toPlainText(passedOver.slice(0, 5).join(' ')).slice(0, 80);
    const unknown = `"${words}${passedOver.length > 5 ? ' …' : ''}" means nothing to estop`;
    if (passedOver.length > 0 && flags.release) {
      this.error(`${unknown}: nothing was released.`, { exit: 2 });
    }
    const { engageEstop, releaseEstop, tidyPins } = await import('../estop/run-estop.js');
    if (flags.release) return this.print(await releaseEstop(folder));
    const { text, complete } = await (flags['dead-bot'] ? tidyPins(folder) : engageEstop(folder));
    this.print(text);
    if (passedOver.length > 0) this.tell(`${unknown}, and was passed over.`);
    if (!complete) this.exit(1);
  }

  /** Flags that are none, and are near to none: the parser would refuse to stop for them. */
  private async takeOutUnknown(): Promise<unknown[]> {
    const { nearest } = await import('@pertybot/core');
    const known = Object.keys({ ...Estop.baseFlags, ...Estop.flags, help: true });
    const end = this.argv.indexOf('--');
    const isUnknown = (word: string, at: number) => {
      const name = /^--?([^=]+)/.exec(word)?.[1];
      if (name === undefined || (end !== -1 && at > end)) return false;
      return !known.includes(name) && nearest(name, known) === undefined;
    };
    const unknown = this.argv.filter(isUnknown);
    this.argv = this.argv.filter((word, at) => !isUnknown(word, at));
    return unknown;
  }
}
