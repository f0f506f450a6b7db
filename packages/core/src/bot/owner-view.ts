import type { CommandRegistry } from '../commands/command-registry.js';
import type { RewardRegistry } from '../commands/rewards/reward-registry.js';
import { toWantedScope } from '../contracts/access-tokens.js';
import type { PluginState } from '../contracts/bot-events.js';
import type { PluginInfo } from '../contracts/bot-status.js';
import type { Clock } from '../contracts/clock.js';
import type { CommandInfo } from '../contracts/command.js';
import { messageOf } from '../contracts/errors.js';
import type { BotEvents, CommandEvent, RedemptionNote } from '../contracts/events.js';
import type { Logger } from '../contracts/logger.js';
import type { EventHub } from '../events/event-hub.js';
import type { HostedPlugin } from '../host/hosted-plugin.js';
import { serviceName } from '../host/plugin-graph.js';
import type { PluginHost } from '../host/plugin-host.js';
import { rewardFaults } from '../host/reward-faults.js';
import { unknownTunings } from '../host/unknown-tunings.js';

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

/** Events of a kind that are remembered. */
const remembered = 200;

/** A redemption that moved something, and when. */
export interface RememberedRedemption extends CommandEvent {
  readonly redemption: RedemptionNote;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/**
 * Keeps the last redemptions that moved something.
 * @returns the list that grows, newest last
 */
export function rememberRedemptions(
  events: EventHub,
  clock: Clock,
): readonly RememberedRedemption[] {
  const list: RememberedRedemption[] = [];
  events.on('command', (event) => {
    const { redemption } = event;
    if (redemption === undefined) return;
    list.push({ ...event, redemption, time: clock.date().getTime() });
    if (list.length > remembered) list.shift();
  });
  return list;
}

/**
 * Keeps the last refusals, or reactions, for whoever asks why a command did not run or an event set nothing off.
 * @returns the list that grows, newest last
 */
export function remember<Event extends 'refusal' | 'reaction'>(
  event: Event,
  events: EventHub,
  clock: Clock,
): readonly (BotEvents[Event] & { readonly time: number })[] {
  const list: (BotEvents[Event] & { readonly time: number })[] = [];
  events.on(event, (data) => {
    list.push({ ...data, time: clock.date().getTime() });
    if (list.length > remembered) list.shift();
  });
  return list;
}

/** What changed of a plugin. */
interface StateChange {
  readonly id: string;
  readonly state: PluginState;
  readonly hosted: HostedPlugin | undefined;
}

/** What plugins have registered. */
interface Registries {
  readonly commands: CommandRegistry;
  readonly rewards: RewardRegistry;
}

/** Tells the log why a plugin failed, and what plugins.yaml tunes in vain of one that runs. */
export function logState(
  { id, state, hosted }: StateChange,
  { commands, rewards }: Registries,
  logger: Logger,
): void {
  if (state.name === 'failed') {
    const { error } = state;
    logger.error(`The plugin "${id}" failed: ${messageOf(error)}`, { plugin: id, error });
  }
  if (state.name !== 'running' || hosted === undefined) return;
  for (const { told } of unknownTunings(hosted, commands)) logger.warn(told, { plugin: id });
  const own = rewards.of(id);
  for (const { message, hint, path } of rewardFaults({ ...hosted, commands, own })) {
    logger.warn(`plugins.yaml, the reward "${path[1]}" of "${id}": ${message}. ${hint}`, {
      plugin: id,
    });
  }
}
