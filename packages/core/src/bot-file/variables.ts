import { isMap, isNode, isSeq, type Node, visit } from 'yaml';
import { packageNames } from '../load/plugin-use.js';
import { type ConfigProblem, mostProblems } from './config-error.js';
import type { BotFileOverlay } from './entry.js';
import type { Environment } from './text.js';
import { largestAliasCount, type YamlSource } from './yaml-source.js';

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** Who is told of the variables of a text. */
interface InterpolationListener {
  /** Told of each name whose value was put in. */
  onUsed?(name: string, value: string): void;
  /** Told of each name that is neither set nor has a default. */
  onMissing(name: string): void;
}

/**
 * Puts variables into text: `${NAME}`, `${NAME:-default}`, and `$${` for a literal `${`.
 * An empty variable counts as missing, as in a copied .env.example.
 */
function interpolate(
  text: string,
  environment: Environment,
  { onUsed, onMissing }: InterpolationListener,
): string {
  return text.replace(reference, (match, name?: string, fallback?: string) => {
    if (name === undefined) return '${';
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (value !== undefined && value !== '') {
      onUsed?.(name, value);
      return value;
    }
    if (fallback !== undefined) return fallback;
    onMissing(name);
    return match;
  });
}

/** What is put into a plugins.yaml before it is checked. */
export interface BotFileValues {
  readonly environment: Environment;
  readonly overlay: BotFileOverlay;
}

/** What was put in. */
interface PutValues {
  /** Config keys that the overlay replaces, by the index of their entry. */
  readonly overlaid: readonly (readonly string[])[];
  /** Variables that were put in, and their values, which no message may show. */
  readonly variables: ReadonlyMap<string, string>;
  /** Variables that are not set, by the index of the entry that names them. */
  readonly lacks: readonly ReadonlySet<string>[];
  /** One for each variable that is not set. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Takes out of the document what the overlay replaces, so that its variables need not be set, and
 * puts variables into all other texts. A disabled entry needs none.
 */
export function putValues(source: YamlSource, { environment, overlay }: BotFileValues): PutValues {
  const variables = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  const overlaid: string[][] = [];
  const optional = new Set<unknown>();
  const plugins = source.node(['plugins']);
  const entries: readonly unknown[] = isSeq(plugins) ? plugins.items : [];
  const lacks = entries.map(() => new Set<string>());
  for (const entry of entries) {
    overlaid.push(takeOut(entry, overlay));
    if (isMap(entry) && entry.get('enabled') === false) optional.add(entry);
  }
  visit(source.document, {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const needed = !path.some((above) => optional.has(above));
      node.value = interpolate(node.value, environment, {
        onUsed: (name, value) => variables.set(name, value),
        onMissing: (name) => {
          if (!needed || problems.length >= mostProblems) return;
          problems.push(missingVariable(source, node, name));
          lacks[entries.findIndex((entry) => isNode(entry) && path.includes(entry))]?.add(name);
        },
      });
    },
  });
  return { overlaid, variables, lacks, problems };
}

/** The values of the overlay for what `use:` names. */
export function overlayFor(
  use: string,
  overlay: BotFileOverlay,
): BotFileOverlay[string] | undefined {
  const name = packageNames(use).find((candidate) => Object.hasOwn(overlay, candidate));
  return name === undefined ? undefined : overlay[name];
}

/** @returns the keys that the overlay replaces in `entry` */
function takeOut(entry: unknown, overlay: BotFileOverlay): string[] {
  if (!isMap(entry)) return [];
  const config = entry.get('config', true);
  const replaced = Object.keys(overlayFor(String(entry.get('use')), overlay) ?? {});
  if (isMap(config)) for (const key of replaced) config.delete(key);
  return replaced;
}

function missingVariable(source: YamlSource, node: Node, name: string): ConfigProblem {
  return {
    file: source.file,
    position: source.positionOf(node),
    variable: name,
    message: `the variable ${name} is not set`,
    hint: `Add a line ${name}=… to the file .env beside ${source.file}.`,
  };
}

/**
 * The configs of the entries of plugins.yaml as JSON, before variables are put in and anything is laid over them:
 * what tells one config from another without a secret in it.
 */
export function writtenConfigs(source: YamlSource): readonly string[] {
  const plugins = source.node(['plugins']);
  if (!isSeq(plugins)) return [];
  return plugins.items.map((entry) => {
    const config = isMap(entry) ? entry.get('config', true) : undefined;
    if (!isNode(config)) return '';
    try {
      return JSON.stringify(config.toJS(source.document, { maxAliasCount: largestAliasCount }));
    } catch {
      // Its aliases lead nowhere, which is told when the document is read.
      return '';
    }
  });
}
