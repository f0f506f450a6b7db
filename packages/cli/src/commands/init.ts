import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot init`. */
export default class Init extends BaseCommand {
  static override summary = 'Make a bot folder: plugins.yaml, .env, a plugin to learn from.';

  static override description =
    'Asks for what is not given by flags; without a terminal, or with --yes, everything else takes its ' +
    'default. Nothing is ever overwritten. From a checkout it packs PertyBot into the folder, which then ' +
    'runs without the checkout; --upgrade does that again for a bot that is there.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> my-bot',
    '<%= config.bin %> <%= command.id %> my-bot --channel mychannel --gadget buzzer --pin GPIO27 --yes',
  ];

  static override args = {
    folder: Args.string({ description: 'Where the bot will live.', default: '.' }),
  };

  static override flags = {
    channel: Flags.string({ description: 'Twitch channel that the bot sits in.' }),
    account: Flags.string({ description: 'Twitch account of the bot.' }),
    login: Flags.option({
      description: 'How it logs in.',
      options: ['auto', 'browser', 'device'] as const,
    })(),
    gadget: Flags.option({
      description: 'First thing that hangs at the pins.',
      options: ['light', 'relay', 'buzzer', 'none'] as const,
    })(),
    pin: Flags.string({ description: 'Pin of the gadget, such as GPIO17.' }),
    yes: Flags.boolean({ char: 'y', description: 'Ask nothing.' }),
    install: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'Install PertyBot into the folder, unless it is there.',
    }),
    upgrade: Flags.boolean({
      description: 'Pack the PertyBot of this checkout into a bot that is there.',
      exclusive: ['channel', 'account', 'login', 'gadget', 'pin'],
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Init);
    const { resolve } = await import('node:path');
    const folder = resolve(this.folderOf(flags), args.folder);
    const print = (text: string) => this.print(text);
    if (flags.upgrade) {
      const { runUpgrade } = await import('../init/run-upgrade.js');
      return runUpgrade({ folder, print });
    }
    const { readInitFlags } = await import('../init/ask-for-bot.js');
    const { runInit } = await import('../init/run-init.js');
    await runInit({
      folder,
      bot: readInitFlags(flags),
      yes: flags.yes,
      install: flags.install,
      print,
    });
  }
}
