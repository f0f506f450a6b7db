import type { ConfigProblem } from '../bot-file/config-error.js';
import type { BotFileEntry } from '../bot-file/entry.js';
import { knownKeysOf } from '../bot-file/json-schema.js';
import { listsForMaps, outsideOf, toListProblems } from '../bot-file/lists-for-maps.js';
import { deepestIssues, unknownKeysOf } from '../bot-file/schema-issue.js';
import { toProblems } from '../bot-file/schema-problems.js';
import type { YamlSource } from '../bot-file/yaml-source.js';
import type { LoadedPlugin } from '../load/plugin-loader.js';
import { configAnswer } from './config-answer.js';
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
  problems.push(...toListProblems(lists, { source, path }));
  const result = await configAnswer(schema, entry.config ?? {});
  if (typeof result === 'string') {
    problems.push({
      file: source.file,
      position: source.keyPosition(path),
      message: `config: the plugin "${plugin.name}" cannot say whether it is right: ${result}`,
      hint: 'Mend the schema of that plugin; what asks others and waits belongs into its start.',
    });
    return undefined;
  }
  if (!result.issues) return lists.length === 0 ? result.value : undefined;
  const issues = outsideOf(lists, result.issues);
  // To write the whole schema down takes longer than all else.
  const isUnknown = issues.flatMap(deepestIssues).some((each) => unknownKeysOf(each).length > 0);
  const knownKeys = isUnknown ? await knownKeysOf(schema) : () => [];
  problems.push(...toProblems(issues, { source, path, knownKeys }));
  return undefined;
}
