import type { CommandRegistry } from '../commands/command-registry.js';
import { nearest } from '../contracts/nearest.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** A command that plugins.yaml tunes and its plugin does not have: the one that was meant stays as it is. */
export interface UnknownTuning {
  /** As it is written. */
  readonly name: string;
  readonly hint: string;
  /** One sentence, and what may have been meant. */
  readonly told: string;
}

/** What plugins.yaml tunes of a plugin that has registered its commands, and in vain. */
export function unknownTunings(
  { id, tuning }: Pick<HostedPlugin, 'id' | 'tuning'>,
  commands: CommandRegistry,
): readonly UnknownTuning[] {
  const names = commands.of(id).map(({ signature }) => signature.name);
  return Object.keys(tuning)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = nearest(name, names);
      const list = names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has none.';
      const hint = meant === undefined ? list : `Did you mean "${meant}"?`;
      const what = `plugins.yaml tunes the command "${name}" of "${id}", which has no such command.`;
      return { name, hint, told: `${what} ${hint}` };
    });
}
