import type { PluginState } from './bot-events.js';
import { BotStatus } from './bot-status.js';
import type { Undo } from './consumer.js';
import type { PluginContext } from './plugin.js';

/** How long, and whom, {@link othersStarted} waits for. */
export interface OthersStartedOptions {
  /** How long slow plugins may hold it up, milliseconds. */
  readonly patience: number;
  /** Whether those count as well that wait, such as for a login. @default false */
  readonly waiting?: boolean;
}

/** Resolves when no other plugin is about to start: what each brings and listens to is known then. */
export function othersStarted(
  { clock, container, id, on }: Pick<PluginContext, 'clock' | 'container' | 'id' | 'on'>,
  { patience, waiting = false }: OthersStartedOptions,
): Promise<void> {
  const status = container.resolve(BotStatus);
  const states: readonly PluginState['name'][] = ['loaded', 'starting', 'restarting'];
  const open = new Set([...states, ...(waiting ? (['waiting'] as const) : [])]);
  const isOpen = () => status.plugins.some((each) => each.id !== id && open.has(each.state.name));
  return new Promise((resolve) => {
    const undos: Undo[] = [];
    const end = () => {
      for (const undo of undos) undo();
      resolve();
    };
    undos.push(clock.after(patience, end));
    undos.push(on('plugin', () => isOpen() || end()));
    // Later: those behind this one in plugins.yaml have not begun.
    queueMicrotask(() => isOpen() || end());
  });
}
