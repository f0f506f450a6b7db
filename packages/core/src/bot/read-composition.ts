import { toConfigError } from '../bot-file/bot-file.js';
import { ConfigError, type ConfigProblem, type YamlPath } from '../bot-file/config-error.js';
import { readBotFileText, readDotEnv } from '../bot-file/text.js';
import type { InjectionToken } from '../contracts/injection.js';
import { type Composition, loadComposition } from '../host/composition.js';
import type { KnownMirrors } from '../load/known-mirrors.js';
import type { MirrorScript } from '../load/mirror-script.js';
import { FolderPluginLoader } from '../load/plugin-loader.js';
import type { BotOptions } from './bot-options.js';

/** What is read, beside the {@link BotOptions}. */
interface Reading {
  /** Fires when nobody wants it any more. */
  readonly hurry?: AbortSignal | undefined;
  /** Makes the mirrors of local plugins. @default one of its own */
  readonly script?: MirrorScript;
  /** The mirrors that were read before. @default none */
  readonly mirrors?: KnownMirrors;
  /** @default that of the folder's plugins.yaml */
  readonly text?: string;
}

/** Loads what the plugins.yaml of a folder composes. @throws ConfigError with every fault */
export async function readComposition(
  options: BotOptions,
  { hurry, script, mirrors, text }: Reading = {},
): Promise<Composition> {
  const { folder, overlay = {}, resolveFrom = [], logger, mayLack = false, beside = [] } = options;
  const environment = { ...(await readDotEnv(folder)), ...(options.env ?? process.env) };
  const onSlow = (use: string) => logger.warn(`"${use}" has not finished loading yet.`);
  const loader = new FolderPluginLoader({
    folder,
    resolveFrom,
    onSlow,
    hurry,
    script,
    mirrors,
    ...options.patience,
  });
  const composition = await loadComposition(text ?? (await readBotFileText(folder)), {
    environment,
    overlay,
    loader,
    mayLack,
    beside,
  });
  const isLeftOut = (token: InjectionToken) => options.leaveOut?.includes(token) ?? false;
  const plugins = composition.plugins.map((hosted) =>
    hosted.lacks.length > 0 || hosted.plugin.provides?.some(isLeftOut)
      ? { ...hosted, leftOut: true }
      : hosted,
  );
  return { ...composition, plugins };
}

/**
 * Every fault that a bot would find if its plugins.yaml were `text`; nothing is changed.
 * @throws PertyError when it cannot be judged
 */
export async function findProblems(
  options: BotOptions,
  text: string,
): Promise<readonly ConfigProblem[]> {
  try {
    await readComposition(options, { text });
    return [];
  } catch (error) {
    if (error instanceof ConfigError && error.problems.length > 0) return error.problems;
    throw error;
  }
}

/** A fault that somebody who knows a plugin found in its entry of plugins.yaml. */
export interface FoundFault {
  /** Id of the plugin. */
  readonly plugin: string;
  /** Below its entry, such as `['config', 'gadgets', 'lamp', 'type']`. */
  readonly path: YamlPath;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Whether it is the key at the end of the path that is wrong. @default false */
  readonly isKey?: boolean;
}

/** The error for faults of the file that a composition was made from, with their places. */
export function toFoundError(
  { source, plugins }: Composition,
  faults: readonly FoundFault[],
): ConfigError {
  const problems = faults.map(({ plugin, path: below, message, hint, isKey = false }) => {
    const entry = plugins.find(({ id }) => id === plugin)?.path ?? [];
    const path = [...entry, ...below];
    const position = isKey ? source.keyPosition(path) : source.position(path);
    return { file: source.file, position, message, hint };
  });
  return toConfigError(source, problems);
}
