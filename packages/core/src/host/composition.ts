import { isDeepStrictEqual } from 'node:util';
import { parseBotFile, toConfigError } from '../bot-file/bot-file.js';
import type { ConfigProblem } from '../bot-file/config-error.js';
import type { BotFileEntry, BotFileOverlay } from '../bot-file/entry.js';
import type { BotFile } from '../bot-file/read-entries.js';
import type { Environment } from '../bot-file/text.js';
import type { YamlSource } from '../bot-file/yaml-source.js';
import { isPertyError, messageOf, PluginError, type PluginPlace } from '../contracts/errors.js';
import { definePlugin } from '../contracts/plugin.js';
import type { LoadedPlugin, PluginLoader } from '../load/plugin-loader.js';
import { startNameFault } from './check-calls.js';
import { checkConfigs, type ProblemPlace } from './check-configs.js';
import { checkReplies } from './check-replies.js';
import { entriesBeside } from './entries-beside.js';
import type { HostedPlugin } from './hosted-plugin.js';
import { coreTokens } from './plugin-container.js';
import { checkGraph } from './plugin-graph.js';

/** A bot as plugins.yaml composes it: every enabled plugin loaded, every config checked. */
export interface Composition {
  readonly prefix: string;
  readonly watch: boolean;
  readonly replies: Readonly<Record<string, string>>;
  readonly plugins: readonly HostedPlugin[];
  /** The file that it was made from. */
  readonly source: YamlSource;
}

/** What a composition is loaded with. */
export interface CompositionOptions {
  readonly environment: Environment;
  readonly overlay: BotFileOverlay;
  readonly loader: PluginLoader;
  /** Whether a variable that is not set is no fault; `lacks` of a plugin names it then. @default false */
  readonly mayLack?: boolean;
  /** Plugins that run beside those of the file, unless it names them. @default none */
  readonly beside?: readonly string[];
}

/**
 * Loads what the text of a plugins.yaml names.
 * @throws ConfigError with every fault: of the file, of its plugins, of their configs, of their graph
 */
export async function loadComposition(
  text: string,
  { environment, overlay, loader, mayLack = false, beside = [] }: CompositionOptions,
): Promise<Composition> {
  const parsed = parseBotFile(text, environment, overlay);
  const file = {
    ...parsed,
    entries: [...parsed.entries, ...entriesBeside(parsed, beside, overlay)],
  };
  const problems: ConfigProblem[] = [...file.problems];
  const files = new Set<string>();
  const loaded = await Promise.all(
    file.entries.map(async (entry) => ({
      entry,
      loaded: await loadEntry(entry, { source: file.source, loader, problems, files }),
    })),
  );
  const configs = await checkConfigs(loaded, { source: file.source, problems });
  const plugins: HostedPlugin[] = [];
  for (const { entry, loaded: plugin } of loaded) {
    if (!entry.enabled) plugins.push(disabledPlugin(entry));
    if (plugin === undefined) continue;
    plugins.push(toHosted(entry, plugin, configs.get(entry)));
  }
  // A plugin that could not be loaded may be the one that provides what is missing.
  if (plugins.length === file.entries.length) {
    problems.push(...graphProblems(plugins, file.entries, file.source));
  }
  problems.push(...checkReplies(file, plugins));
  const told = tidy(problems, file).filter(({ variable }) => !mayLack || variable === undefined);
  if (told.length > 0) throw toConfigError(file.source, told, [...files]);
  const { prefix, watch, replies, source } = file;
  return { prefix, watch, replies, plugins, source };
}

/**
 * Drops what follows from a missing variable alone, and puts the names of variables in the place of
 * their values: a plugin's own messages may show what it was given.
 */
function tidy(
  problems: readonly ConfigProblem[],
  { variables, problems: ofFile }: BotFile,
): readonly ConfigProblem[] {
  const missing = ofFile.filter(({ variable }) => variable !== undefined);
  const secrets = [...variables].filter(([, value]) => value.length >= shortestSecret);
  const hide = (text: string) =>
    secrets.reduce((hidden, [name, value]) => hidden.replaceAll(value, `\${${name}}`), text);
  return problems
    .filter(
      (problem) =>
        problem.variable !== undefined ||
        !missing.some(({ position }) => isDeepStrictEqual(position, problem.position)),
    )
    .map((problem) => ({
      ...problem,
      message: hide(problem.message),
      hint: problem.hint === undefined ? undefined : hide(problem.hint),
    }));
}

/** Shorter values are words that messages are made of. */
const shortestSecret = 4;

async function loadEntry(
  entry: BotFileEntry,
  {
    source,
    problems,
    loader,
    files,
  }: ProblemPlace & { readonly loader: PluginLoader; readonly files: Set<string> },
): Promise<LoadedPlugin | undefined> {
  // To load a plugin is to run it: whoever disables a bad one wants none of it.
  if (!entry.enabled) return undefined;
  try {
    const loaded = await loader.load(entry.use);
    for (const file of loaded.files) files.add(file);
    const fault = startNameFault(loaded.plugin);
    if (fault === undefined) return loaded;
    const position = source.position([...entry.path, 'use']);
    const message = `${entry.use}: ${fault.message}`;
    problems.push({ file: source.file, position, message, hint: fault.hint });
  } catch (error) {
    if (error instanceof PluginError) for (const file of error.files) files.add(file);
    problems.push({
      file: source.file,
      position: source.position([...entry.path, 'use']),
      message: messageOf(error),
      hint: isPertyError(error) ? error.hint : undefined,
      // What the author can mend is in his own file.
      ...(error instanceof PluginError && error.place && inItsFile(error.place)),
    });
  }
  return undefined;
}

function inItsFile({ file, line, column, text, message }: PluginPlace) {
  return { file, position: { line, column }, text, message };
}

function toHosted(entry: BotFileEntry, loaded: LoadedPlugin, config: unknown): HostedPlugin {
  const { resolved } = loaded;
  return {
    id: entry.id,
    use: entry.use,
    plugin: loaded.plugin,
    module: loaded.module,
    version: resolved.kind === 'package' ? resolved.version : undefined,
    outdated: loaded.outdated,
    config,
    tuning: entry.commands,
    rewards: entry.rewards,
    enabled: entry.enabled,
    startTimeout: entry.startTimeout,
    files: loaded.files,
    path: entry.path,
    written: entry.written,
    lacks: entry.lacks,
  };
}

/** Stands for a plugin of which nothing is known but its entry. */
function disabledPlugin(entry: BotFileEntry): HostedPlugin {
  const { id, use, commands, rewards, startTimeout, path, written } = entry;
  return {
    id,
    use,
    plugin: definePlugin({ name: id }),
    module: '',
    version: undefined,
    config: undefined,
    tuning: commands,
    rewards,
    enabled: false,
    startTimeout,
    files: [],
    path,
    written,
    lacks: [],
  };
}

function graphProblems(
  plugins: readonly HostedPlugin[],
  entries: readonly BotFileEntry[],
  source: YamlSource,
): ConfigProblem[] {
  const nodes = plugins.map(({ id, use, enabled, plugin }) => ({
    id,
    use,
    enabled,
    needs: Object.values(plugin.needs ?? {}),
    provides: plugin.provides ?? [],
  }));
  return checkGraph(nodes, (token) => coreTokens.some((core) => core === token)).map(
    ({ id, error }) => ({
      file: source.file,
      position: source.position([...(entries.find((entry) => entry.id === id)?.path ?? []), 'use']),
      message: error.message,
      hint: error.hint,
    }),
  );
}
