import { formatDuration } from '@pertybot/core';
import { describeAllow } from '@pertybot/core/host';
import type { CommandReach, OutputReach } from '@pertybot/plugin-gpio';
import type { Style } from '../terminal/style.js';
import { textWidth } from '../terminal/text-width.js';

/** Milliseconds of an hour. */
const hour = 3_600_000;

/**
 * A line for each output that a command can switch: who may, which pin, how long at once, how long of an
 * hour at worst. Commands without any are named in one line.
 */
export function formatReach(
  commands: readonly CommandReach[],
  prefix: string,
  style: Style,
): readonly string[] {
  const rows = commands.flatMap(({ command, outputs }) =>
    outputs.map((output, index) => [
      index === 0 ? `${prefix}${command.name}` : '',
      index === 0 ? describeAllow(command.allow) : '',
      output.gadget === command.name ? output.pin : `${output.pin} (${output.gadget})`,
      describeTimes(output, style),
    ]),
  );
  const columns = [0, 1, 2].map((column) =>
    Math.max(0, ...rows.map((row) => textWidth(row[column] ?? ''))),
  );
  const table = rows.map(([name = '', who = '', pin = '', times = '']) =>
    [style.cyan(pad(name, columns[0])), pad(who, columns[1]), pad(pin, columns[2]), times].join(
      '  ',
    ),
  );
  const still = commands.filter(({ outputs }) => outputs.length === 0);
  const names = still.map(({ command }) => `${prefix}${command.name}`).join(' ');
  return [...table, ...(names === '' ? [] : [style.dim(`Without pins: ${names}`)])];
}

/** A warning for each output that any viewer can hold on for good. */
export function warnForGood(commands: readonly CommandReach[], prefix: string): readonly string[] {
  return commands.flatMap(({ command, outputs }) => {
    const held = outputs.filter(({ forGood, dryRun }) => forGood && !dryRun);
    if (held.length === 0) return [];
    const names = held.map(({ gadget, pin }) => `"${gadget}" (${pin})`).join(', ');
    const how = `Give it a cooldown for everyone, a "minOff" or a "dutyCycle", or say who may.`;
    return [`Any viewer can hold ${names} on for good with ${prefix}${command.name}. ${how}`];
  });
}

function describeTimes({ longest, inAnHour, dryRun }: OutputReach, style: Style): string {
  const once =
    longest === undefined ? 'on without end' : `on for ${formatDuration(longest)} at most`;
  const share =
    inAnHour >= hour ? style.yellow('all of an hour') : `${formatDuration(inAnHour)} of an hour`;
  return `${once}, ${share}${dryRun ? ', in dry-run' : ''}`;
}

function pad(text: string, width = 0): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
