import { v } from '@pertybot/core';
import { parseJson } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';
import type { Style } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';
import { runNpm } from './npm.js';
import { describePluginFacts, type PluginFacts, readPluginFacts } from './package-manifest.js';

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

/** Of how many packages npm is asked; each is an npm of its own. */
const mostAsked = 12;

/** How many of them run at once; a small Pi has no memory for more. */
const mostAtOnce = 4;

/** How long they may take together, milliseconds. */
const askLimit = 20_000;

const nameForm = /^(?:@[\w.-]+\/)?\w[\w.-]*$/;
const versionForm = /^\d[\w.+-]*$/;

/** A version of a package. */
interface AskedPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * Asks npm what packages say of their plugins, which its search does not tell.
 * @returns in the order of the packages; undefined for one that says nothing, that npm does not tell
 * of, or that stands too far back to be asked for
 */
async function askPluginFacts(
  packages: readonly AskedPackage[],
  folder: string,
): Promise<readonly (PluginFacts | undefined)[]> {
  const signal = AbortSignal.timeout(askLimit);
  const facts: (PluginFacts | undefined)[] = packages.map(() => undefined);
  const left = [...packages.slice(0, mostAsked).entries()];
  const askOnAndOn = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, each] = next;
      facts[index] = await ask(each, folder, signal);
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, askOnAndOn));
  return facts;
}

async function ask(
  { name, version }: AskedPackage,
  folder: string,
  signal: AbortSignal,
): Promise<PluginFacts | undefined> {
  // A name that is none could be an option, or a file, to npm.
  if (!nameForm.test(name) || !versionForm.test(version)) return undefined;
  const words = ['view', `${name}@${version}`, 'pertybot', '--json'];
  try {
    return readPluginFacts(JSON.parse(await runNpm(words, { folder, signal })));
  } catch {
    return undefined;
  }
}
