import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../terminal/base-command.js';

/** `pertybot plugins verify`. */
export default class PluginsVerify extends BaseCommand {
  static override summary = 'Go through what the author of a plugin should have seen to.';

  static override description =
    'It starts and stops the plugin twice in a process of its own, with a board in memory and without Twitch: what it ' +
    'does in the network, unless it looks at isTrial, it does. It ' +
    'looks at what is left then; of a package it looks at what npm would publish. Exits with 1 when something fails.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> ./plugins/dice.ts --json',
    '<%= config.bin %> <%= command.id %> ../pertybot-plugin-fan --config "{ pin: GPIO17 }"',
    '<%= config.bin %> <%= command.id %> ./forecast.ts --with pertybot-plugin-weather',
  ];

  static override args = {
    plugin: Args.string({
      description: 'Path, id in plugins.yaml, or name; the package in this folder without.',
    }),
  };

  static override flags = {
    config: Flags.string({
      description: 'Config to try it with, in YAML, or a file with it.',
      helpValue: 'YAML|FILE',
    }),
    json: Flags.boolean({ description: 'Print JSON.' }),
    'start-timeout': Flags.integer({
      description: 'How long its start may take. 30 without.',
      helpValue: 'SECONDS',
      min: 1,
    }),
    with: Flags.string({
      description: 'Plugin that provides what it needs.',
      helpValue: 'PLUGIN',
      multiple: true,
      multipleNonGreedy: true,
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsVerify);
    const { runPluginsVerify } = await import('../../verify/run-plugins-verify.js');
    const seconds = flags['start-timeout'];
    const healthy = await runPluginsVerify({
      folder: this.folderOf(flags),
      plugin: args.plugin,
      beside: flags.with ?? [],
      config: flags.config,
      startTimeout: seconds === undefined ? undefined : seconds * 1_000,
      json: flags.json,
      print: (text) => this.print(text),
      tell: (text) => this.tell(text),
    });
    if (!healthy) this.exit(1);
  }
}
