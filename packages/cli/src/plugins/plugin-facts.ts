import { v } from '@pertybot/core';
import { toPlainText } from '../terminal/plain-text.js';
import { runNpm } from './npm.js';

const names = v.optional(v.array(v.string()), []);

/**
 * The field `pertybot` of a plugin's package.json, so that a registry can tell what it is. Names as
 * people read them: `Gpio` for a service, `lamp` for a chat command.
 */
export const pluginFactsSchema = v.object({
  provides: names,
  needs: names,
  commands: names,
  /** Twitch scopes. */
  scopes: names,
});

/** What a package says of its plugin. `plugins verify` holds it against the code. */
export type PluginFacts = v.InferOutput<typeof pluginFactsSchema>;

/** What a package.json, or a registry, has as that field; undefined where it is none. */
export function readPluginFacts(value: unknown): PluginFacts | undefined {
  const facts = v.safeParse(pluginFactsSchema, value);
  return facts.success ? facts.output : undefined;
}

/** The facts for people, each that there is with its title. */
export function describePluginFacts(
  facts: PluginFacts,
): readonly (readonly [title: string, value: string])[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['provides', facts.provides],
    ['needs', facts.needs],
    ['commands', facts.commands.map((name) => `!${name}`)],
    ['Twitch scopes', facts.scopes],
  ];
  return rows
    .filter(([, list]) => list.length > 0)
    .map(([title, list]) => [title, toPlainText(list.join(', '))]);
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
export async function askPluginFacts(
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
