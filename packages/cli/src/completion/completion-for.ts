import type { Interfaces } from '@oclif/core';
import { bashCompletion } from './bash-completion.js';
import { fishCompletion } from './fish-completion.js';
import { type Place, placesOf } from './places.js';
import { zshCompletion } from './zsh-completion.js';

const scripts: Readonly<Record<string, (places: readonly Place[]) => string>> = {
  bash: bashCompletion,
  fish: fishCompletion,
  zsh: zshCompletion,
};

/** The script with which a shell completes the commands of a program. */
export function completionFor(shell: string, config: Interfaces.Config): string {
  return (scripts[shell] ?? bashCompletion)(placesOf(config));
}
