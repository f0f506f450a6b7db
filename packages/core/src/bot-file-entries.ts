import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isMap, isSeq, type Node, visit } from 'yaml';
import type { BotFile, BotFileEntry, BotFileOverlay } from './bot-file.js';
import { botFileSchema, entrySchema } from './bot-file-schema.js';
import { commandTuningSchema } from './command-tuning.js';
import type { ConfigProblem } from './config-problem.js';
import { messageOf } from './errors.js';
import { type Environment, interpolate } from './interpolate.js';
import { defaultId, packageNames } from './plugin-use.js';
import { toProblems } from './schema-problems.js';
import type { YamlPath, YamlSource } from './yaml-source.js';

type Shape = Omit<BotFile, 'source'>;

const nothing: Shape = { prefix: '!', replies: {}, entries: [], problems: [] };

/** Reads the entries of a plugins.yaml without syntax errors. */
export function readEntries(
  source: YamlSource,
  environment: Environment,
  overlay: BotFileOverlay,
): Shape {
  const problems: ConfigProblem[] = [];
  if (source.document.contents === null || !isMap(source.document.contents)) {
    const position = source.position([]);
    const message = 'expected "plugins:" with a list of plugins below it';
    const hint = 'For example:\n    plugins:\n      - use: oauth\n      - use: irc';
    return { ...nothing, problems: [{ file: source.file, position, message, hint }] };
  }
  const plugins = source.node(['plugins']);
  const overlaid: string[][] = [];
  if (isSeq(plugins)) {
    plugins.items.forEach((_, index) => {
      overlaid.push(prepareEntry(source, index, { environment, overlay, problems }));
    });
  }
  const top = toJs(source, problems);
  if (top === undefined) return { ...nothing, problems };
  const file = check(botFileSchema, top, { source, path: [], keys: topKeys, problems });
  const entries: BotFileEntry[] = [];
  (file?.plugins ?? []).forEach((raw, index) => {
    const path = ['plugins', index];
    const entry = check(entrySchema, raw, { source, path, keys: entryKeys, problems });
    if (!entry) return;
    entries.push({
      id: entry.id ?? defaultId(entry.use),
      use: entry.use,
      enabled: entry.enabled,
      config: layOver(entry.config, overlayFor(entry.use, overlay)),
      commands: entry.commands ?? {},
      startTimeout: entry.startTimeout,
      path,
      overlaid: overlaid[index] ?? [],
    });
  });
  problems.push(...doubledIds(source, entries));
  return { prefix: file?.prefix ?? '!', replies: file?.replies ?? {}, entries, problems };
}

interface Preparation {
  readonly environment: Environment;
  readonly overlay: BotFileOverlay;
  readonly problems: ConfigProblem[];
}

/**
 * Takes what the overlay replaces out of an entry, so that its variables need not be set, and puts
 * variables into the rest. A disabled entry needs none.
 * @returns the keys that were replaced
 */
function prepareEntry(source: YamlSource, index: number, preparation: Preparation): string[] {
  const path = ['plugins', index];
  const entry = source.node(path);
  if (!isMap(entry) || entry.get('enabled') === false) return [];
  const config = entry.get('config', true);
  const replaced = Object.keys(overlayFor(String(entry.get('use')), preparation.overlay) ?? {});
  if (isMap(config)) for (const key of replaced) config.delete(key);
  visit(entry, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      node.value = interpolate(node.value, preparation.environment, (name) => {
        preparation.problems.push(missingVariable(source, node, name));
      });
    },
  });
  return replaced;
}

function missingVariable(source: YamlSource, node: Node, name: string): ConfigProblem {
  return {
    file: source.file,
    position: source.positionOf(node),
    message: `the variable ${name} is not set`,
    hint: `Add a line ${name}=… to the file .env beside ${source.file}.`,
  };
}

function toJs(source: YamlSource, problems: ConfigProblem[]): unknown {
  try {
    return source.document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    problems.push({
      file: source.file,
      position: { line: 1, column: 1 },
      message: messageOf(error),
      hint: 'Use fewer YAML aliases (*name).',
    });
    return undefined;
  }
}

interface CheckPlace {
  readonly source: YamlSource;
  readonly path: YamlPath;
  readonly keys: (path: YamlPath) => readonly string[];
  readonly problems: ConfigProblem[];
}

function check<Schema extends StandardSchemaV1>(
  schema: Schema,
  value: unknown,
  { source, path, keys, problems }: CheckPlace,
): StandardSchemaV1.InferOutput<Schema> | undefined {
  const result = schema['~standard'].validate(value);
  // Our own two schemas are synchronous.
  if (result instanceof Promise) return undefined;
  if (!result.issues) return result.value;
  problems.push(...toProblems(result.issues, { source, path, knownKeys: keys }));
  return undefined;
}

function topKeys(path: YamlPath): readonly string[] {
  return path.length === 0 ? Object.keys(botFileSchema.entries) : [];
}

function entryKeys(path: YamlPath): readonly string[] {
  if (path.length === 0) return Object.keys(entrySchema.entries);
  const inCommand = path[0] === 'commands' && path.length === 2;
  return inCommand ? Object.keys(commandTuningSchema.entries) : [];
}

function overlayFor(use: string, overlay: BotFileOverlay): BotFileOverlay[string] | undefined {
  const name = packageNames(use).find((candidate) => Object.hasOwn(overlay, candidate));
  return name === undefined ? undefined : overlay[name];
}

function layOver(config: unknown, over: BotFileOverlay[string] | undefined): unknown {
  if (over === undefined) return config ?? undefined;
  return typeof config === 'object' && config !== null ? { ...config, ...over } : over;
}

function doubledIds(source: YamlSource, entries: readonly BotFileEntry[]): ConfigProblem[] {
  const seen = new Map<string, BotFileEntry>();
  const problems: ConfigProblem[] = [];
  for (const entry of entries) {
    const first = seen.get(entry.id);
    seen.set(entry.id, first ?? entry);
    if (!first) continue;
    const { line } = source.position(first.path);
    problems.push({
      file: source.file,
      position: source.position([...entry.path, 'use']),
      message: `the id "${entry.id}" is already that of the plugin on line ${line}`,
      hint: `Give this one another id, such as "id: ${entry.id}-2".`,
    });
  }
  return problems;
}
