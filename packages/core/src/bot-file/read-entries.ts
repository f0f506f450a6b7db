import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as v from 'valibot';
import { isMap, isSeq } from 'yaml';
import { commandTuningSchema, cooldownSchema } from '../commands/command-tuning.js';
import { rewardTuningSchema } from '../commands/rewards/reward-tuning.js';
import { defaultId } from '../load/plugin-use.js';
import { bareTimes } from './bare-times.js';
import { type ConfigProblem, mostEntries, type YamlPath } from './config-error.js';
import { type BotFileEntry, type BotFileOverlay, botFileSchema, entrySchema } from './entry.js';
import { listsForMaps, outsideOf, toListProblems } from './lists-for-maps.js';
import { unquotedTags } from './meant-value.js';
import { rewardProblems } from './reward-names.js';
import { toProblems } from './schema-problems.js';
import { reservedTunings, unusableKeys } from './unusable-names.js';
import { type BotFileValues, overlayFor, putValues, writtenConfigs } from './variables.js';
import type { YamlSource } from './yaml-source.js';

/** A plugins.yaml that was read. */
export interface BotFile {
  readonly source: YamlSource;
  readonly prefix: string;
  /** Whether the bot is watched for standing still. */
  readonly watch: boolean;
  /** What the bot says in chat by itself, by key. */
  readonly replies: Readonly<Record<string, string>>;
  readonly entries: readonly BotFileEntry[];
  readonly problems: readonly ConfigProblem[];
  /** Variables that were put in, and their values, which no message may show. */
  readonly variables: ReadonlyMap<string, string>;
}

type Shape = Omit<BotFile, 'source'>;

const nothing: Shape = {
  prefix: '!',
  watch: true,
  replies: {},
  entries: [],
  problems: [],
  variables: new Map(),
};

/** Id under which core's own commands and storage go. */
const coreId = 'core';

/** Reads the entries of a plugins.yaml without syntax errors. */
export function readEntries(source: YamlSource, values: BotFileValues): Shape {
  if (source.document.contents === null || !isMap(source.document.contents)) {
    return { ...nothing, problems: [noPlugins(source)] };
  }
  const tooMany = tooManyEntries(source);
  if (tooMany) return { ...nothing, problems: [tooMany] };
  const written = writtenConfigs(source);
  const { overlaid, variables, lacks, problems: missing } = putValues(source, values);
  const problems: ConfigProblem[] = [...missing];
  const { value: top, problem } = source.toJs();
  if (problem) return { ...nothing, problems: [...problems, problem], variables };
  const unquoted = unquotedTags(source);
  const causes = [...unquoted, ...unusableKeys(source)];
  problems.push(...causes);
  const file = check(botFileSchema, top, { source, path: [], keys: topKeys, problems });
  const entries: BotFileEntry[] = [];
  const doubtful = new Set<YamlPath>();
  rawEntries(top).forEach((raw, index) => {
    const path = ['plugins', index];
    const count = problems.length;
    const entry = readEntry(raw, { source, path, keys: entryKeys, problems });
    if (!entry) return;
    problems.push(...reservedTunings(source, [...path, 'commands'], entry.commands ?? {}));
    problems.push(...bareTimes(source, path, raw));
    if (problems.length > count) doubtful.add(path);
    entries.push({
      id: entry.id ?? defaultId(entry.use),
      use: entry.use,
      enabled: entry.enabled,
      config: layOver(entry.config, overlayFor(entry.use, values.overlay)),
      commands: entry.commands ?? {},
      rewards: entry.rewards ?? {},
      startTimeout: entry.startTimeout,
      path,
      written: written[index] ?? '',
      lacks: [...(lacks[index] ?? [])],
      overlaid: overlaid[index] ?? [],
    });
  });
  problems.push(
    ...takenIds(
      source,
      entries.filter(({ path }) => !doubtful.has(path)),
    ),
  );
  const { prefix, watch, replies } = file ?? nothing;
  problems.push(...rewardProblems(source, entries));
  const told = problems.filter((each) => causes.includes(each) || !isAtOneOf(each, causes));
  return { prefix, watch, replies, entries, problems: told, variables };
}

/** Whether a fault follows from another one, which says why. */
function isAtOneOf({ position }: ConfigProblem, others: readonly ConfigProblem[]): boolean {
  return others.some(
    (other) => other.position.line === position.line && other.position.column === position.column,
  );
}

/** More than anybody has written by hand; each would be loaded and checked. */
function tooManyEntries(source: YamlSource): ConfigProblem | undefined {
  const plugins = source.node(['plugins']);
  if (!isSeq(plugins) || plugins.items.length <= mostEntries) return undefined;
  return {
    file: source.file,
    position: source.position(['plugins', mostEntries]),
    message: `plugins: expected at most ${mostEntries} entries, received ${plugins.items.length}`,
    hint: 'Check that it is the right file.',
  };
}

function noPlugins(source: YamlSource): ConfigProblem {
  return {
    file: source.file,
    position: source.position([]),
    message: 'expected "plugins:" with a list of plugins below it',
    hint: 'For example:\n    plugins:\n      - use: oauth\n      - use: irc',
  };
}

/** The list under `plugins:`, also where something else in the file is wrong. */
function rawEntries(top: unknown): readonly unknown[] {
  const has = typeof top === 'object' && top !== null && 'plugins' in top;
  return has && Array.isArray(top.plugins) ? top.plugins : [];
}

interface CheckPlace {
  readonly source: YamlSource;
  readonly path: YamlPath;
  readonly keys: (path: YamlPath) => readonly string[];
  readonly problems: ConfigProblem[];
}

function readEntry(
  raw: unknown,
  place: CheckPlace,
): StandardSchemaV1.InferOutput<typeof entrySchema> | undefined {
  const { source, path, problems } = place;
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
    const entry = check(entrySchema, raw, place);
    // Its config can be checked although something else in the entry is wrong.
    return entry ?? ('use' in raw ? loneConfig(raw) : undefined);
  }
  const written = source.written(path) ?? 'nothing';
  problems.push({
    file: source.file,
    position: source.position(path),
    message: `expected an entry such as "- use: irc", received ${written}`,
    hint: typeof raw === 'string' ? `Write: - use: ${raw.replace(/^use:/, '')}` : undefined,
  });
  return undefined;
}

function loneConfig(raw: object): StandardSchemaV1.InferOutput<typeof entrySchema> | undefined {
  const { config, id } = entrySchema.entries;
  const lone = v.safeParse(v.object({ use: entrySchema.entries.use, config }), raw);
  if (!lone.success) return undefined;
  const own = v.safeParse(v.object({ id, enabled: entrySchema.entries.enabled }), raw);
  return { enabled: true, ...lone.output, ...(own.success ? own.output : {}) };
}

function check<Schema extends StandardSchemaV1>(
  schema: Schema,
  value: unknown,
  { source, path, keys, problems }: CheckPlace,
): StandardSchemaV1.InferOutput<Schema> | undefined {
  const lists = listsForMaps(schema, value);
  problems.push(...toListProblems(lists, { source, path }));
  const result = schema['~standard'].validate(value);
  // Our own two schemas are synchronous.
  if (result instanceof Promise) return undefined;
  if (!result.issues) return lists.length === 0 ? result.value : undefined;
  const issues = outsideOf(lists, result.issues);
  problems.push(...toProblems(issues, { source, path, knownKeys: keys }));
  return undefined;
}

function topKeys(path: YamlPath): readonly string[] {
  return path.length === 0 ? Object.keys(botFileSchema.entries) : [];
}

/** What may be tuned of a plugin's commands and rewards. */
const tuningSchemas = [
  ['commands', commandTuningSchema],
  ['rewards', rewardTuningSchema],
] as const;

function entryKeys(path: YamlPath): readonly string[] {
  if (path.length === 0) return Object.keys(entrySchema.entries);
  const tuning = tuningSchemas.find(([key]) => key === path[0])?.[1];
  if (tuning === undefined) return [];
  if (path.length === 2) return Object.keys(tuning.entries);
  return path[2] === 'cooldown' ? Object.keys(cooldownSchema.entries) : [];
}

function layOver(config: unknown, over: BotFileOverlay[string] | undefined): unknown {
  if (over === undefined) return config ?? undefined;
  return typeof config === 'object' && config !== null ? { ...config, ...over } : over;
}

function takenIds(source: YamlSource, entries: readonly BotFileEntry[]): ConfigProblem[] {
  const seen = new Map<string, BotFileEntry>();
  const problems: ConfigProblem[] = [];
  for (const entry of entries) {
    const first = seen.get(entry.id);
    seen.set(entry.id, first ?? entry);
    if (!first && entry.id !== coreId) continue;
    const whose = first
      ? `that of the plugin on line ${source.position(first.path).line}`
      : "PertyBot's own";
    const own = source.node([...entry.path, 'id']) ? 'id' : 'use';
    problems.push({
      file: source.file,
      position: source.position([...entry.path, own]),
      message: `the id "${entry.id}" is already ${whose}`,
      hint: `Give this one another id, such as "id: ${entry.id}-2".`,
    });
  }
  return problems;
}
