import type { CommandRegistry } from '../commands/command-registry.js';
import { nearest } from '../contracts/nearest.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** One sentence for each command that plugins.yaml tunes and the running plugin does not have. */
export function unknownTunings(
  { id, tuning }: HostedPlugin,
  commands: CommandRegistry,
): readonly string[] {
  const names = commands.of(id).map(({ signature }) => signature.name);
  return Object.keys(tuning)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = nearest(name, names);
      const hint = meant ? ` Did you mean "${meant}"?` : '';
      return `plugins.yaml tunes the command "${name}" of "${id}", which has no such command.${hint}`;
    });
}
