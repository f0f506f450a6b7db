import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot gadgets`. */
export default class Gadgets extends BaseCommand {
  static override summary = 'List the gadgets of the bot, or drive one.';

  static override description =
    'A gadget is driven as from chat, through its queue and the guard, but without roles and cooldowns. ' +
    'The running bot does it; where none runs, the gadget is driven alone, until it is off or Ctrl-C.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> lamp on',
    '<%= config.bin %> <%= command.id %> horn beep 3',
  ];

  static override args = {
    gadget: Args.string({ description: 'Name of the gadget to drive.' }),
    action: Args.string({ description: 'What it does, such as on, off or blink 3.' }),
  };

  static override strict = false;

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Gadgets);
    const folder = this.folderOf(flags);
    const [name, ...words] = argv.map(String);
    if (name === undefined) {
      const { listGadgets } = await import('../gadgets/list-gadgets.js');
      this.print(await listGadgets(folder, flags.json, (text) => this.tell(text)));
      return;
    }
    const { driveGadget } = await import('../gadgets/drive-gadget.js');
    const deed = { name, action: words.join(' ') };
    const said: string[] = [];
    await driveGadget(folder, deed, (text) => {
      if (flags.json) said.push(text);
      else this.print(text);
    });
    if (!flags.json) return;
    const { deedAsJson } = await import('../terminal/report-error.js');
    this.print(deedAsJson(said, true));
  }
}
