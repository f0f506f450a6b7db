import { toConfigError } from '../bot-file/bot-file.js';
import type { ConfigError, YamlPath } from '../bot-file/config-error.js';
import type { Composition } from './composition.js';

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
