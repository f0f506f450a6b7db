import type { PluginInfo } from '../contracts/bot-status.js';
import type { CommandInfo } from '../contracts/command.js';
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
    scopes: plugin.scopes ?? [],
    commands: commands.filter((command) => command.plugin === id),
  };
}
