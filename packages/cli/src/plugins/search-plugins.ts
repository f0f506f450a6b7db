import { v } from '@pertybot/core';
import { parseJson } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';
import { toPlainText } from '../terminal/plain-text.js';
import type { Style } from '../terminal/style.js';
import { runNpm } from './npm.js';
import { askPluginFacts, describePluginFacts, type PluginFacts } from './plugin-facts.js';

/** What the keywords of a plugin's package have to name. */
export const pluginKeyword = 'pertybot-plugin';

/** How many packages are shown. */
const most = 30;

const foundSchema = v.array(
  v.object({
    name: v.string(),
    version: v.string(),
    description: v.optional(v.string(), ''),
    keywords: v.optional(v.array(v.string()), []),
    publisher: v.optional(v.object({ username: v.optional(v.string()) })),
    date: v.optional(v.string()),
  }),
);

/** A plugin that the registry has. */
export interface FoundPlugin {
  readonly name: string;
  readonly version: string;
  /** What its author says of it. */
  readonly about: string;
  readonly by: string | undefined;
  /** Day of the version, as an ISO date. */
  readonly on: string | undefined;
  /** What its package says that it provides; undefined where that is not known. */
  readonly facts?: PluginFacts | undefined;
}

/**
 * Searches the npm registry for plugins.
 * @param folder where npm runs, whose settings it takes
 * @throws CliError CLI_NPM_FAILED
 */
export async function searchPlugins(
  words: readonly string[],
  folder: string,
): Promise<readonly FoundPlugin[]> {
  const asked = ['search', '--json', `--searchlimit=${most}`, `keywords:${pluginKeyword}`];
  // A word that begins with a dash would be an option of npm's.
  const plain = words.map((word) => word.replace(/^-+/, ''));
  const found = v.safeParse(foundSchema, parseJson(await runNpm([...asked, ...plain], { folder })));
  if (!found.success) {
    throw new CliError('CLI_NPM_FAILED', 'npm search gave an answer that makes no sense.', {
      hint: 'Update npm, or check which registry it uses.',
    });
  }
  // A registry may take the words for all there is, and disregard the keyword.
  const plugins: readonly FoundPlugin[] = found.output
    .filter(({ keywords }) => keywords.includes(pluginKeyword))
    .map(({ name, version, description: about, publisher, date }) => {
      return { name, version, about, by: publisher?.username, on: date?.slice(0, 10) };
    });
  const facts = await askPluginFacts(plugins, folder);
  return plugins.map((plugin, index) => ({ ...plugin, facts: facts[index] }));
}

/** What was found, for people. */
export function formatFoundPlugins(plugins: readonly FoundPlugin[], style: Style): string {
  if (plugins.length === 0) return 'No plugin was found.';
  const blocks = plugins.map(({ name, version, about, by, on, facts }) => {
    const origin = [on, by === undefined ? undefined : `by ${by}`].filter(Boolean).join(' ');
    const head = `${style.bold(toPlainText(name))} ${toPlainText(version)}`;
    const tail = origin === '' ? '' : `  ${style.dim(toPlainText(origin))}`;
    const told = facts === undefined ? [] : describePluginFacts(facts);
    const line = told.map(([title, value]) => `${title} ${value}`).join('; ');
    const below = [toPlainText(about), line].filter((text) => text !== '');
    return [`${head}${tail}`, ...below.map((text) => `  ${text}`)].join('\n');
  });
  return [...blocks, style.dim('Add one by its full name: pertybot plugins add NAME')].join('\n');
}
