import { messageOf } from '../contracts/errors.js';
import type { Composition } from './composition.js';
import type { HostedPlugin } from './hosted-plugin.js';
import type { PluginHost } from './plugin-host.js';
import type { PluginSupervisor } from './plugin-supervisor.js';
import { planReload, type ReloadPlan } from './reload-plan.js';

/** What a reload did. */
export interface ReloadResult extends ReloadPlan {
  /** Ids of all plugins that were stopped and started, dependents included. */
  readonly restarted: readonly string[];
  /** Why everything is as it was before; absent when the new composition runs. */
  readonly rolledBack?: string;
}

/**
 * Brings the running plugins to a new composition: exactly what changed, and what needs that, is
 * stopped and started. When a new plugin fails, the old ones are brought back.
 */
export async function applyReload(
  supervisor: PluginSupervisor,
  before: Composition,
  after: Composition,
): Promise<ReloadResult> {
  const plan = planReload(before.plugins, after.plugins);
  const stubborn = await reconfigure(supervisor, plan, after.plugins);
  const touched = new Set([...plan.added, ...plan.removed, ...plan.changed, ...stubborn]);
  const failedBefore = idsOfFailed(supervisor);
  const restarted = await exchange(supervisor, after.plugins, touched);
  const failed = supervisor.all.find(
    ({ id, state }) => state.name === 'failed' && restarted.includes(id) && !failedBefore.has(id),
  );
  const result = { ...plan, restarted };
  if (failed === undefined || failed.state.name !== 'failed') return result;
  const rolledBack = `The plugin "${failed.id}" does not start: ${messageOf(failed.state.error)}`;
  await exchange(supervisor, before.plugins, touched);
  await reconfigure(supervisor, plan, before.plugins);
  return { ...result, rolledBack };
}

function idsOfFailed(supervisor: PluginSupervisor): ReadonlySet<string> {
  return new Set(supervisor.all.filter(({ state }) => state.name === 'failed').map(({ id }) => id));
}

/** Gives plugins their new config while they run; returns those that must be restarted for it. */
async function reconfigure(
  supervisor: PluginSupervisor,
  { reconfigured }: ReloadPlan,
  plugins: readonly HostedPlugin[],
): Promise<readonly string[]> {
  const stubborn: string[] = [];
  for (const id of reconfigured) {
    const hosted = plugins.find((each) => each.id === id);
    const host = supervisor.host(id);
    if (hosted && !(await host?.reconfigure(hosted))) stubborn.push(id);
  }
  return stubborn;
}

/** Stops what is touched and what needs it, puts the new plugins in place, and starts. */
async function exchange(
  supervisor: PluginSupervisor,
  plugins: readonly HostedPlugin[],
  touched: ReadonlySet<string>,
): Promise<readonly string[]> {
  let restarted: readonly string[] = [];
  await supervisor.rearrange(async () => {
    const old = supervisor.withDependents(touched);
    const stopped = new Set(old.map(({ id }) => id));
    await supervisor.stop(old, { name: 'stopped' });
    const arranged = plugins.map((hosted): HostedPlugin | PluginHost => {
      const host = supervisor.host(hosted.id);
      return host && !stopped.has(hosted.id) ? host : hosted;
    });
    restarted = plugins.filter((hosted) => arranged.includes(hosted)).map(({ id }) => id);
    supervisor.arrange(arranged);
  });
  await supervisor.start();
  return restarted;
}
