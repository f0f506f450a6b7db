import { Flags } from '@oclif/core';
import { BaseCommand } from '../terminal/base-command.js';

/** `pertybot pinout`. */
export default class Pinout extends BaseCommand {
  static override summary = 'Draw the 40-pin header with what the bot has on it.';

  static override description =
    'Pin 1 is at the top left, next to the SD card’s end of the board. Below it, whether each output is on or off while no bot holds it. Nothing is started or switched.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  static override flags = {
    json: Flags.boolean({ description: 'Print JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Pinout);
    const { readUsedPins } = await import('../pinout/pinout.js');
    const { formatElsewhere, formatPinout, headerPins } = await import('../pinout/pinout.js');
    const { styleFor } = await import('../terminal/style.js');
    const folder = this.folderOf(flags);
    const used = await this.patiently('Looking at the bot', () => readUsedPins(folder));
    const pins = headerPins(used.pins, used.levels);
    if (flags.json) return this.print(JSON.stringify([...pins, ...used.elsewhere], undefined, 2));
    const style = styleFor(process.stdout);
    this.print(formatPinout(pins, style));
    const elsewhere = formatElsewhere(used.elsewhere, style);
    if (elsewhere.length > 0) this.print(`\nOn other machines:\n${elsewhere.join('\n')}`);
    const { formatLevels } = await import('../check/check-levels.js');
    const lines = formatLevels(used.levels);
    if (lines.length > 0) this.print(`\nWhile no bot holds them:\n${lines.join('\n')}`);
  }
}
