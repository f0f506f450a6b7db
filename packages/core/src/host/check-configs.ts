import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ConfigProblem, YamlPath } from '../bot-file/config-error.js';
import type { BotFileEntry } from '../bot-file/entry.js';
import { knownKeysOf } from '../bot-file/json-schema.js';
import { toProblems } from '../bot-file/schema-problems.js';
import type { YamlSource } from '../bot-file/yaml-source.js';
import type { LoadedPlugin } from '../load/plugin-loader.js';
import { type IsElsewhere, withGadgetsElsewhere } from './gadgets-elsewhere.js';

/** Where faults of a file are gathered. */
export interface ProblemPlace {
  readonly source: YamlSource;
  readonly problems: ConfigProblem[];
}

/** What was loaded of an entry. */
export interface LoadedEntry {
  readonly entry: BotFileEntry;
  readonly loaded: LoadedPlugin | undefined;
}

/** Checks every config; those first which say what gadgets there are beside the ones that others define. */
export async function checkConfigs(
  all: readonly LoadedEntry[],
  place: ProblemPlace,
): Promise<ReadonlyMap<BotFileEntry, unknown>> {
  const configs = new Map<BotFileEntry, unknown>();
  const elsewhere: IsElsewhere[] = [];
  const brings = ({ loaded }: LoadedEntry) => loaded?.plugin.bringsGadget !== undefined;
  const ordered = [...all.filter(brings), ...all.filter((each) => !brings(each))];
  for (const { entry, loaded } of ordered) {
    if (loaded === undefined) continue;
    const isElsewhere: IsElsewhere = (name) => elsewhere.some((is) => is(name));
    const config = await withGadgetsElsewhere(isElsewhere, () => checkConfig(entry, loaded, place));
    configs.set(entry, config);
    const { plugin } = loaded;
    // Of one whose config is wrong nobody knows: its fault is told, and not those that follow from it.
    if (plugin.bringsGadget) {
      elsewhere.push(
        (name) => config === undefined || plugin.bringsGadget?.(config, name) === true,
      );
    }
  }
  return configs;
}

async function checkConfig(
  entry: BotFileEntry,
  { plugin }: LoadedPlugin,
  { source, problems }: ProblemPlace,
): Promise<unknown> {
  const path = [...entry.path, 'config'];
  const { config: schema } = plugin;
  if (schema === undefined) {
    if (entry.config !== undefined) {
      problems.push({
        file: source.file,
        position: source.keyPosition(path),
        message: `config: the plugin "${plugin.name}" takes none`,
        hint: 'Remove it.',
      });
    }
    return undefined;
  }
  const lists = listsForMaps(schema, entry.config);
  problems.push(
    ...lists.map((below) => ({
      file: source.file,
      position: source.position([...path, ...below]),
      message: `${below.at(-1) ?? 'config'}: expected a map, received a list`,
      hint: 'Write "name: …" on each line instead of a dash.',
    })),
  );
  if (lists.length > 0) return undefined;
  const result = await schema['~standard'].validate(entry.config ?? {});
  if (!result.issues) return result.value;
  const knownKeys = await knownKeysOf(schema);
  problems.push(...toProblems(result.issues, { source, path, knownKeys }));
  return undefined;
}

/** The part of valibot's schemas that tells what a value is made of. */
interface Shape {
  readonly type?: unknown;
  readonly wrapped?: Shape;
  readonly value?: Shape;
  readonly item?: Shape;
  readonly entries?: Readonly<Record<string, Shape>>;
}

/**
 * Where a config has a list in the place of a map. A list is an object too, with numbers for keys, and so passes for a
 * map of anything; only valibot's schemas can be looked into.
 */
export function listsForMaps(schema: StandardSchemaV1, value: unknown): readonly YamlPath[] {
  const isKnown = schema['~standard'].vendor === 'valibot';
  // The vendor says whose shape it has.
  return isKnown ? [...listsIn(schema as unknown as Shape, value, [])] : [];
}

function* listsIn(shape: Shape | undefined, value: unknown, path: YamlPath): Generator<YamlPath> {
  if (shape === undefined || typeof value !== 'object' || value === null) return;
  const { type, wrapped, value: each, item, entries } = shape;
  if (wrapped) yield* listsIn(wrapped, value, path);
  const isMap = type === 'record' || entries !== undefined;
  if (isMap && Array.isArray(value)) {
    yield path;
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const own = entries && Object.hasOwn(entries, key) ? entries[key] : undefined;
    const inner = own ?? (type === 'record' ? each : type === 'array' ? item : undefined);
    yield* listsIn(inner, child, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
