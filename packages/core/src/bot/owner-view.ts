import type { CommandRegistry } from '../commands/command-registry.js';
import { toWantedScope } from '../contracts/access-tokens.js';
import type { PluginInfo, RememberedRefusal } from '../contracts/bot-status.js';
import type { Clock } from '../contracts/clock.js';
import type { CommandInfo } from '../contracts/command.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import { nearest } from '../contracts/nearest.js';
import type { PluginState } from '../contracts/plugin-state.js';
import type { EventHub } from '../events/event-hub.js';
import type { HostedPlugin } from '../host/hosted-plugin.js';
import { serviceName } from '../host/plugin-graph.js';
import type { PluginHost } from '../host/plugin-host.js';

/** A hosted plugin as the owner sees it, with those of `commands` that are its own. */
export function toPluginInfo(host: PluginHost, commands: readonly CommandInfo[]): PluginInfo {
  const { plugin, id, use, version } = host.hosted;
  return {
    id,
    use,
    name: plugin.name,
    about: plugin.about ?? '',
    version,
    state: host.state,
    needs: host.needs.map(serviceName),
    provides: host.provides.map(serviceName),
    scopes: (plugin.scopes ?? []).map((each) => toWantedScope(each).scope),
    commands: commands.filter((command) => command.plugin === id),
  };
}

/** Refusals that are remembered. */
const rememberedRefusals = 200;

/** Keeps the last refusals, for whoever asks why a command did not run. */
export class RefusalLog {
  /** Newest last. */
  readonly list: RememberedRefusal[] = [];

  constructor(events: EventHub, clock: Clock) {
    events.on('refusal', (refusal) => {
      this.list.push({ ...refusal, time: clock.date().getTime() });
      if (this.list.length > rememberedRefusals) this.list.shift();
    });
  }
}

/** Tells the log why a plugin failed, and what plugins.yaml tunes in vain of one that runs. */
export function logState(
  { id, state, tuning }: Pick<HostedPlugin, 'id' | 'tuning'> & { readonly state: PluginState },
  commands: CommandRegistry,
  logger: Logger,
): void {
  if (state.name === 'failed') {
    const { error } = state;
    logger.error(`The plugin "${id}" failed: ${messageOf(error)}`, { plugin: id, error });
  }
  if (state.name !== 'running') return;
  for (const line of unknownTunings({ id, tuning }, commands)) logger.warn(line, { plugin: id });
}

/** One sentence for each command that plugins.yaml tunes and the running plugin does not have. */
function unknownTunings(
  { id, tuning }: Pick<HostedPlugin, 'id' | 'tuning'>,
  commands: CommandRegistry,
): readonly string[] {
  const names = commands.of(id).map(({ signature }) => signature.name);
  return Object.keys(tuning)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = nearest(name, names);
      const hint = meant ? ` Did you mean "${meant}"?` : '';
      return `plugins.yaml tunes the command "${name}" of "${id}", which has no such command.${hint}`;
    });
}
