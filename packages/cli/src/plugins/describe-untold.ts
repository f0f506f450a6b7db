import { toPlainText } from '../terminal/plain-text.js';
import type { InspectedPlugin } from './inspected-plugin.js';

/**
 * What the code of a plugin wants that its package.json does not tell, as a sentence.
 * @returns undefined when it tells all of it
 */
export function describeUntold(told: InspectedPlugin, plugin: InspectedPlugin): string | undefined {
  const untold = [
    ...plugin.needs.filter((name) => !told.needs.includes(name)),
    ...plugin.scopes
      .filter((scope) => !told.scopes.includes(scope))
      .map((scope) => `the Twitch scope ${scope}`),
  ];
  if (untold.length === 0) return undefined;
  const name = plugin.packageName ?? plugin.name;
  return toPlainText(
    `${name} also needs ${untold.join(', ')}, which its package.json does not tell.`,
  );
}
