import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot rewards`. */
export default class Rewards extends BaseCommand {
  static override summary = 'List the channel-point rewards of the running bot.';

  static override description =
    'With what they cost and run, whether viewers can redeem them now and why not, and the redemptions that are ' +
    'neither done nor given back.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
    // What the service runs once its bot is dead.
    'dead-bot': Flags.boolean({ hidden: true, exclusive: ['json'] }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Rewards);
    const folder = this.folderOf(flags);
    if (flags['dead-bot']) {
      const { pauseAfterDeath } = await import('../rewards/pause-after-death.js');
      return this.print(await pauseAfterDeath(folder));
    }
    const { listRewards } = await import('../rewards/list-rewards.js');
    this.print(await listRewards(folder, flags.json));
  }
}
