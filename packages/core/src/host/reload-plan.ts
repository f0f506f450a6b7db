import { isDeepStrictEqual } from 'node:util';
import type { HostedPlugin } from './hosted-plugin.js';

/** What differs between two compositions, by plugin id. */
export interface ReloadPlan {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Another module, version, use, tuning, or switched on or off. */
  readonly changed: readonly string[];
  /** Nothing but the config differs, and the plugin may take that while it runs. */
  readonly reconfigured: readonly string[];
  /** Packages that were updated on the disk, by plugin: they run on as they were until the bot is started again. */
  readonly outdated?: readonly OutdatedPlugin[];
}

/** A package that is another one on the disk than the one that runs. */
export interface OutdatedPlugin {
  readonly id: string;
  /** The version that lies on the disk. */
  readonly installed: string;
}

/** What a reload did. */
export interface ReloadResult extends ReloadPlan {
  /** Ids of all plugins that were stopped and started, dependents included. */
  readonly restarted: readonly string[];
  /** Why everything is as it was before; absent when the new composition runs. */
  readonly rolledBack?: string;
}

/** The result of a reload where nothing runs yet, or any more. */
export const nothingChanged: ReloadResult = {
  added: [],
  removed: [],
  changed: [],
  reconfigured: [],
  restarted: [],
};

/** Compares what runs with what plugins.yaml now says. */
export function planReload(
  before: readonly HostedPlugin[],
  after: readonly HostedPlugin[],
): ReloadPlan {
  const old = new Map(before.map((hosted) => [hosted.id, hosted]));
  const ids = new Set(after.map(({ id }) => id));
  const changed: string[] = [];
  const reconfigured: string[] = [];
  for (const hosted of after) {
    const previous = old.get(hosted.id);
    if (previous === undefined || isSame(previous, hosted)) continue;
    const onlyConfig = isSame({ ...previous, config: hosted.config }, hosted);
    const takes = onlyConfig && hosted.enabled && hosted.plugin.reconfigure !== undefined;
    (takes ? reconfigured : changed).push(hosted.id);
  }
  const outdated = after.flatMap(({ id, outdated: installed }) =>
    installed === undefined ? [] : [{ id, installed }],
  );
  return {
    added: after.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
    changed,
    reconfigured,
    ...(outdated.length > 0 && { outdated }),
  };
}

function isSame(a: HostedPlugin, b: HostedPlugin): boolean {
  return (
    a.use === b.use &&
    a.module === b.module &&
    a.version === b.version &&
    a.enabled === b.enabled &&
    a.startTimeout === b.startTimeout &&
    isDeepStrictEqual(a.config, b.config) &&
    isDeepStrictEqual(a.tuning, b.tuning) &&
    isDeepStrictEqual(a.rewards, b.rewards)
  );
}
