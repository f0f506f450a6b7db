import { Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot mqtt setup`. */
export default class MqttSetup extends BaseCommand {
  static override summary = 'Write a configuration of Mosquitto for the bot and its nodes.';

  static override description =
    'It has a user for the bot and one for each node, which may write its own topics alone, and nobody else gets in. ' +
    'Passwords go into .env here, and into a file for each node; an own authority makes the certificates with --tls. ' +
    'A real Mosquitto proves all of it where one is installed. Exits with 1 when that goes wrong.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --node garage',
    '<%= config.bin %> <%= command.id %> --node garage --listen 0.0.0.0 --tls --name bot.local',
    '<%= config.bin %> <%= command.id %> --node garage --node desk --force --json',
  ];

  static override flags = {
    node: Flags.string({
      multiple: true,
      default: [],
      description: 'Name of a machine with gadgets, beside those of plugins.yaml.',
    }),
    listen: Flags.string({
      default: '127.0.0.1',
      description: 'Address on which the broker listens; 0.0.0.0 is every network.',
    }),
    port: Flags.integer({
      min: 1,
      max: 65_535,
      description: 'Its port, instead of 1883, or 8883 with TLS.',
    }),
    tls: Flags.boolean({ description: 'Encrypt it, by an authority of your own.' }),
    name: Flags.string({
      multiple: true,
      default: [],
      description: 'Name or address by which nodes reach it, for the certificate.',
    }),
    force: Flags.boolean({ description: 'Write over the files that are there.' }),
    check: Flags.boolean({
      allowNo: true,
      default: true,
      description: 'Run a Mosquitto with it, and try all users.',
    }),
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(MqttSetup);
    const { formatMqttSetup, runMqttSetup } = await import('../../mqtt/run-mqtt-setup.js');
    const { node: nodes, name: names, json, ...options } = flags;
    const report = await this.patiently('Trying the broker', () =>
      runMqttSetup({ ...options, nodes, names, folder: this.folderOf(flags) }),
    );
    this.print(json ? JSON.stringify(report, undefined, 2) : formatMqttSetup(report));
    if (!report.ok) this.exit(1);
  }
}
