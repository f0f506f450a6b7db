import { type Consumer, forPlugin } from '../contracts/consumer.js';
import { PluginError } from '../contracts/errors.js';
import type { Container, InjectionToken } from '../contracts/injection.js';
import type { Browser, Prompt } from '../contracts/owner.js';
import { runFor } from '../events/attribution.js';
import type { HostedPlugin } from './hosted-plugin.js';
import {
  bindCoreServices,
  type HostServices,
  refuseCircles,
  toInjectionError,
} from './plugin-container.js';
import { createRunOwn } from './plugin-context.js';
import { serviceName } from './plugin-graph.js';

/** A service of a plugin that does not run. */
export interface BorrowedService<Service> {
  /** Id of the plugin. */
  readonly plugin: string;
  /** Undefined where the plugin binds nothing to the token. */
  readonly service: Service | undefined;
}

/** Where its owner is, for whom something is borrowed. */
export interface OwnerPlace {
  readonly browser: Browser;
  readonly prompt: Prompt;
}

/**
 * A service of a plugin that does not run, for programs beside the bot: its own `register` binds it, and nothing
 * is started.
 * @throws PluginError when `register` fails or the service cannot be built
 */
export function borrowService<Service>(
  token: InjectionToken<Service>,
  hosted: HostedPlugin,
  core: HostServices,
  owner?: OwnerPlace,
): BorrowedService<Service> {
  const plugin = hosted.id;
  try {
    const container = bindUnstarted(hosted, core, owner);
    if (!container.isRegistered(token)) return { plugin, service: undefined };
    const attribution = { plugin, where: 'service' };
    return { plugin, service: runFor(attribution, () => container.resolve(token)) };
  } catch (error) {
    throw toInjectionError(error, plugin);
  }
}

function bindUnstarted(hosted: HostedPlugin, core: HostServices, owner?: OwnerPlace): Container {
  const { id, plugin, config } = hosted;
  const container = core.container.createChildContainer();
  refuseCircles(container);
  const log = core.logger.child({ plugin: id });
  const run = createRunOwn(id, core);
  const consumer: Consumer = {
    id,
    log,
    signal: new AbortController().signal,
    // It takes nothing that would have to be given back: nothing of it runs.
    onStop: () => {},
    run: (where, task) => void run(where, task),
  };
  const emergencyStop = core.stop[forPlugin](consumer);
  const gadgets = core.gadgets[forPlugin](consumer);
  const wantedRewards = core.paid.wanted[forPlugin](consumer);
  const own = { log, store: core.storeFor(id), emergencyStop, gadgets, wantedRewards };
  bindCoreServices(container, { ...core.shared, ...owner, ...own });
  for (const token of Object.values(plugin.needs ?? {})) {
    if (container.isRegistered(token)) continue;
    container.register(token, { useFactory: () => refuseUnstarted(id, token) });
  }
  runFor({ plugin: id, where: 'register' }, () => plugin.register?.(container, config));
  return container;
}

function refuseUnstarted(id: string, token: InjectionToken): never {
  const name = serviceName(token);
  throw new PluginError(
    'PLUGIN_INJECTION_FAILED',
    `"${id}" needs ${name}, whose plugin runs only in the running bot.`,
    { hint: `Let what is used beside the bot (a TokenStore, say) do without ${name}.` },
  );
}
