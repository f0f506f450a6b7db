import { Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot pi user-data`. */
export default class PiUserData extends BaseCommand {
  static override summary = 'Write what makes a Raspberry Pi with a bot of an empty card.';

  static override description =
    'For cloud-init of Raspberry Pi OS (Trixie): at its first start the Pi gets an account, Node.js, the bot and its ' +
    'service. There is no default password. Prints the file user-data, or writes all files to the boot partition of a ' +
    'card. The password of a Wi-Fi is asked for, or taken from the first line of the input, and kept as a hash.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --ssh-key ~/.ssh/id_ed25519.pub',
    '<%= config.bin %> <%= command.id %> --ssh-key ~/.ssh/id_ed25519.pub --to /media/me/bootfs --with-bot --with-secrets',
    '<%= config.bin %> <%= command.id %> --password-hash "$(openssl passwd -6)" --wifi Home --wifi-country DE --to /media/me/bootfs',
  ];

  static override flags = {
    hostname: Flags.string({ default: 'pertybot', description: 'Name of the Pi in the network.' }),
    user: Flags.string({ default: 'maker', description: 'Account of the owner and the bot.' }),
    'ssh-key': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      description: 'Public key, or a file of them, that lets you in. Without one SSH stays off.',
    }),
    'password-hash': Flags.string({
      description: 'Hash of the password for screen and keyboard, by openssl passwd -6.',
    }),
    channel: Flags.string({ description: 'Twitch channel of a bot that is made on the Pi.' }),
    wifi: Flags.string({ description: 'Name of the Wi-Fi.' }),
    'wifi-country': Flags.string({ description: 'Where the Pi is, such as DE.' }),
    to: Flags.string({ helpValue: 'FOLDER', description: 'Boot partition of the card.' }),
    'with-bot': Flags.boolean({ description: 'Take the bot of the folder along.' }),
    'with-secrets': Flags.boolean({
      dependsOn: ['with-bot'],
      description: 'Take .env, keys and logins along, too.',
    }),
    json: Flags.boolean({ description: 'Print the files as JSON.', helpGroup: 'GLOBAL' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(PiUserData);
    const { runUserData } = await import('../../pi/run-user-data.js');
    const { files, notes } = await runUserData({
      folder: this.folderOf(flags),
      hostname: flags.hostname,
      user: flags.user,
      sshKeys: flags['ssh-key'] ?? [],
      passwordHash: flags['password-hash'],
      channel: flags.channel,
      wifi: flags.wifi,
      country: flags['wifi-country'],
      to: flags.to,
      withBot: flags['with-bot'],
      withSecrets: flags['with-secrets'],
    });
    if (flags.json) return this.print(JSON.stringify({ files, notes }, undefined, 2));
    for (const note of notes) this.tell(`! ${note}`);
    if (flags.to !== undefined) {
      return this.print(`Wrote ${Object.keys(files).join(' and ')} to ${flags.to}.`);
    }
    for (const [name, text] of Object.entries(files)) {
      if (name !== 'user-data') this.print(`\n# --- ${name} ---`);
      this.print(text.trimEnd());
    }
  }
}
